"""The sentences of letters that are not in a template, in both languages."""

from typing import NamedTuple

from sync.records.model import Status
from sync.wording import Text


class Problem(NamedTuple):
    """Why a letter is held, and what releases it."""

    what: Text
    fix: Text


NO_ADDRESS = Problem(
    Text(
        "没有登记邮箱，信暂存在发件箱",
        "no address is known; the letter waits in the outbox",
    ),
    Text(
        "在人员表里补上邮箱；下次同步就会带上地址",
        "add the address to the people sheet; the next sync will use it",
    ),
)
FOREIGN_DOMAIN = Problem(
    Text(
        "邮箱域名 {domain} 不在允许的范围内，信暂存在发件箱",
        "the address is at {domain}, which is not an allowed domain; the letter is held",
    ),
    Text(
        "核对邮箱；如果确实要发往这里，把 {domain} 加进配置的 mail.allowed_domains",
        "check the address, or add {domain} to mail.allowed_domains in the configuration",
    ),
)
BAD_ADDRESS = Problem(
    Text(
        "“{address}”不是可用的邮箱地址，信暂存在发件箱",
        '"{address}" is not a usable address; the letter is held',
    ),
    Text(
        "只填一个完整的邮箱，例如 name@example.com",
        "write one plain address, such as name@example.com",
    ),
)
SEVERAL_ADDRESSES = Problem(
    Text(
        "不同的行给这位主管写了不同的邮箱，信暂存在发件箱",
        "different rows give this manager different addresses; the letter is held",
    ),
    Text(
        "在人员表里给这位主管本人填一个邮箱",
        "give the manager one address in their own row of the people sheet",
    ),
)
SHARED_ADDRESS = Problem(
    Text(
        "好几个人登记了同一个邮箱，分不清信该给谁，先不发",
        "several people share this address; the letter is held as it might reach another",
    ),
    Text("给每个人填各自的邮箱", "give each of them an address of their own"),
)
REFUSED = Problem(
    Text(
        "邮件服务器拒收发往“{address}”的信，信暂存在发件箱",
        'the mail server refused "{address}"; the letter waits in the outbox',
    ),
    Text(
        "更正人员表里的邮箱；如果邮箱无误，用 followup mail resend 重发",
        "correct the address in the sheet; if it is right, use followup mail resend",
    ),
)
HR_UNKNOWN = Problem(
    Text(
        "没有设置 HR 的邮箱，信暂存在发件箱",
        "HR's address is not set; the letter is held",
    ),
    Text("在配置里填写 mail.hr", "set mail.hr in the configuration"),
)
LEFT = Problem(
    Text("登记为已离职，信不发出", "recorded as having left; the letter is held"),
    Text(
        "如果已离职，把目标交接给新的负责人；如果登记有误，改正在职状态",
        "hand the goals over to somebody, or correct the employment status",
    ),
)
CIRCLE = Problem(
    Text(
        "{names} 的汇报关系首尾相接，彼此的目标不写进主管的信",
        "{names} report to one another in a circle; their goals are left out of each "
        "other's letters",
    ),
    Text("核对他们的直属主管", "correct who reports to whom"),
)

# Stepping forward together: what to do, who helps, by when; never whose fault it was
# (GROW: options and will, as in "what will you do, by when?").
NEXT_STEP: dict[Status, Text] = {
    Status.OVERDUE: Text(
        "和主管一起看看还差哪一步，商定一个做得到的新日期，写进表里",
        "agree with your manager what is still missing and on a date that will hold, and "
        "note it in the sheet",
    ),
    Status.BEHIND: Text(
        "想一想现在卡在哪儿、谁能帮上忙，把下一步和日期写下来",
        "find the one thing that is in the way and who could help with it, and note the "
        "next step with a date",
    ),
    Status.AT_RISK: Text(
        "现在调整还来得及：挑一件这周就能做、最能带动进度的事",
        "there is time to turn this round: pick the one thing you can do this week that "
        "moves it most",
    ),
    Status.NO_DATA: Text(
        "把最新的数值填进表里，哪怕只是估计",
        "put the latest figure into the sheet, even if it is an estimate",
    ),
    Status.NOT_STARTED: Text(
        "想好第一步做什么、哪天开始", "decide on the first step and the day it begins"
    ),
}

ASK: dict[Status, Text] = {
    Status.OVERDUE: Text(
        "离完成还差哪一步？定在哪天，你觉得有把握？",
        "What is still missing, and which date would you be confident of?",
    ),
    Status.BEHIND: Text(
        "现在最卡的是什么？我能帮你挪开哪一块？",
        "What is most in the way, and which part of it could I move for you?",
    ),
    Status.AT_RISK: Text(
        "接下来两周，做哪件事最能带动它？需要我做什么？",
        "Which one thing would move this most in the next two weeks, and what do you "
        "need from me?",
    ),
    Status.NO_DATA: Text(
        "这项目标现在到哪一步了？用什么数来看最合适？",
        "Where does this stand, and which figure would show it best?",
    ),
    Status.NOT_STARTED: Text(
        "第一步打算怎么走？什么时候开始合适？",
        "What is the first step, and when would be a good day to begin?",
    ),
}
ASK_ANYTHING = Text(
    "最近哪里进行得顺、哪里不顺？", "What has been going well lately, and what has not?"
)

HEALTH: dict[str, Text] = {
    "goals_failing_s_or_m": Text(
        "目标写得不够具体或无法衡量", "Goals that are not specific or not measurable"
    ),
    "goals_without_value": Text("目标没有当前值", "Goals without a current figure"),
    "goals_silent": Text("目标久未更新", "Goals nobody has touched for a while"),
    "goals_claimed_otherwise": Text(
        "填报状态与数字不一致", "Goals whose stated status and figures disagree"
    ),
    "red_goals_without_action": Text(
        "滞后或逾期的目标还没有改进措施", "Late goals without an action"
    ),
    "actions_overdue": Text("改进措施已过期", "Actions past their date"),
    "people_without_goals": Text("还没有目标的同事", "People without goals"),
    "goals_unacknowledged": Text(
        "目标还没有得到本人确认", "Goals not yet acknowledged by their owner"
    ),
    "goals_eased_late": Text(
        "改动过的目标中，后期调低或延期的", "Changed goals that were eased late"
    ),
    "people_missing_talks": Text(
        "错过了约定沟通的同事", "People whose regular talk was missed"
    ),
    "people_unaligned": Text(
        "目标都没有对应到上级目标的同事", "People with no goal that supports another"
    ),
    "company_goals_uncarried": Text(
        "无人承接的公司目标", "Company goals that nobody carries"
    ),
    "feedback_unacknowledged": Text(
        "评价还没有得到本人确认", "Appraisals not yet acknowledged by the employee"
    ),
}

HAVE_NO_GOALS = Text("还没有目标", "No goals yet")
HAVE_NO_FIGURES = Text("有目标还没填当前值", "A goal without a current figure")
HAVE_NOT_CONFIRMED = Text("有目标还没确认", "A goal not yet acknowledged")
