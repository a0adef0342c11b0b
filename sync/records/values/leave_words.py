"""Words of leave sheets; data, compared after `texts.folded`."""

AT_WORK = frozenset(
    {
        "加班", "平日加班", "周末加班", "节假日加班", "值班", "出差", "外出", "公出", "因公外出",
        "外勤", "外派", "居家办公", "远程办公", "在家办公", "培训", "外出培训", "忘打卡", "补卡",
        "补签", "补打卡", "迟到", "早退", "overtime", "business trip", "business travel",
        "travel", "trip", "working from home", "work from home", "wfh", "remote",
        "remote work", "home office", "training", "on duty", "late arrival",
    }
)  # fmt: skip
"""Kinds of entries on which somebody works all the same."""

NOT_GRANTED = frozenset(
    {
        "驳回", "已驳回", "被驳回", "拒绝", "已拒绝", "未通过", "不通过", "审批不通过", "不同意",
        "未批准", "不批准", "撤销", "已撤销", "撤回", "已撤回", "取消", "已取消", "作废", "已作废",
        "已销假作废", "待审批", "待审核", "审批中", "审核中", "申请中", "待提交", "草稿", "否",
        "rejected", "declined", "denied", "refused", "not approved", "disapproved",
        "cancelled", "canceled", "withdrawn", "revoked", "void", "pending", "pending approval",
        "awaiting approval", "submitted", "requested", "in review", "draft", "no",
    }
)  # fmt: skip
"""Said of an absence that was refused, called off or is not decided yet."""
