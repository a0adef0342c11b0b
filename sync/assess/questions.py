"""What to ask in a follow-up talk, by what the facts are.

Open questions in the order of the GROW model (goal, reality, options, will), about
observable facts as SBI asks for: what happened, what it leads to, what next. They ask
for the situation and for support; they never judge the person.
"""

from collections.abc import Mapping
from typing import Literal

from sync.wording import Text

Topic = Literal[
    "overdue",
    "behind",
    "rosy",
    "sure",
    "worried",
    "strain",
    "at_risk",
    "worsened",
    "silent",
    "flat",
    "no_data",
    "moved",
    "goalposts",
    "actions",
    "no_action",
    "support",
    "check_in",
    "gloomy",
    "unconfirmed",
    "praise",
]

QUESTIONS: Mapping[Topic, tuple[Text, ...]] = {
    "overdue": (
        Text(
            "“{title}”离完成还差哪几步？最现实的完成日期是哪天？",
            "What is still missing on “{title}”, and what date is realistic now?",
        ),
        Text(
            "如果时间不变，哪些部分可以先交付？",
            "If the date had to stay, which part could be delivered first?",
        ),
    ),
    "behind": (
        Text(
            "“{title}”目前最大的阻碍是什么？",
            "What is the biggest obstacle on “{title}” right now?",
        ),
        Text(
            "要把进度追回来，你想到了哪几种办法？更倾向哪一种？",
            "Which ways do you see to catch up, and which would you choose?",
        ),
    ),
    "rosy": (
        Text(
            "“{title}”的实际进展和表里的数字有出入，你怎么看？有没有没来得及更新的数据？",
            "The figures for “{title}” differ from the reported status: how do you see "
            "it, and is there anything not entered yet?",
        ),
    ),
    "sure": (
        Text(
            "“{title}”的进度偏慢，你的信心却不低：你手里有什么表里还没体现的进展？",
            "“{title}” is slow, yet you are confident: what do you know that the sheet "
            "does not show?",
        ),
    ),
    "worried": (
        Text(
            "“{title}”的数据还正常，但你信心不足：你看到了什么苗头？现在能做什么？",
            "“{title}” is in pace, yet you are worried: what do you see coming, and what "
            "could be done now?",
        ),
    ),
    "strain": (
        Text(
            "推进“{title}”的同时，怎样守住它的护栏指标？哪里需要取舍？",
            "How can “{title}” go on without harm to what guards it, and what has to "
            "give?",
        ),
    ),
    "at_risk": (
        Text(
            "照现在的节奏，“{title}”按期完成有几成把握？什么会改变这个判断？",
            "At the present pace, how confident are you about “{title}”, and what would "
            "change that?",
        ),
    ),
    "worsened": (
        Text(
            "“{title}”从上次到现在发生了什么变化？",
            "What has changed on “{title}” since last time?",
        ),
    ),
    "silent": (
        Text(
            "“{title}”最近进展到哪一步了？更新数据有什么不方便的地方吗？",
            "Where does “{title}” stand now, and is anything making updates hard?",
        ),
    ),
    "flat": (
        Text(
            "“{title}”一直在跟进，数值却没有动：做的事情和这个数字之间隔着什么？",
            "“{title}” is being worked on, yet its figure does not move: what lies "
            "between the work and the number?",
        ),
    ),
    "no_data": (
        Text(
            "“{title}”打算用什么数据衡量？从哪里可以取到？",
            "How do you want to measure “{title}”, and where does the figure come from?",
        ),
    ),
    "moved": (
        Text(
            "“{title}”调整的原因是什么？调整后的目标你认可吗？",
            "Why was “{title}” adjusted, and do you stand behind it as it is now?",
        ),
    ),
    "goalposts": (
        Text(
            "“{title}”后期做了调整：当时发生了什么？谁一起商定的？新的目标和时间你有把握吗？",
            "“{title}” was eased late: what had happened, who agreed, and does the new "
            "plan hold for you?",
        ),
    ),
    "check_in": (
        Text(
            "最近一直没能好好聊聊：有哪些事你希望我早点知道？以后怎么安排更合适？",
            "We have not talked for a while: what should I have known earlier, and which "
            "rhythm would suit you?",
        ),
    ),
    "actions": (
        Text(
            "逾期的改进行动卡在哪里？需要调整时间还是换个做法？",
            "Where are the overdue actions stuck: do they need more time or another way?",
        ),
    ),
    "no_action": (
        Text(
            "针对“{title}”，可以定哪一项具体行动？谁来做、什么时候完成？",
            "Which concrete action would help “{title}”: who does it, by when?",
        ),
    ),
    "support": (
        Text(
            "上次提到的困难和支持，现在解决到哪一步了？",
            "How far has the support you asked for last time come?",
        ),
    ),
    "gloomy": (
        Text(
            "数据看起来不错，但你对“{title}”评价偏低，你在担心什么？",
            "The figures for “{title}” look better than you report: what worries you?",
        ),
    ),
    "unconfirmed": (
        Text(
            "这些目标你理解和认可吗？哪里需要再商量？",
            "Do the goals make sense to you, and what should we talk through again?",
        ),
    ),
    "praise": (
        Text(
            "“{title}”做得好，关键是什么？哪些做法可以用到别的目标上？",
            "What made “{title}” go so well, and where else could it be used?",
        ),
    ),
}

WILL = Text(
    "下一步你准备先做什么、什么时候完成？需要我提供什么支持？",
    "What will you do next, by when, and how can I support you?",
)
"""Closes every talk, as GROW ends with will."""
