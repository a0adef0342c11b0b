"""Grades in words, and ways to say "I cannot tell"."""

GRADES = frozenset(
    {
        "甲", "乙", "丙", "丁", "戊", "甲等", "乙等", "丙等", "丁等",
        "卓越", "杰出", "优秀", "优", "良好", "良", "中等", "中", "一般", "合格", "称职",
        "基本称职", "基本合格", "及格", "待改进", "需改进", "需提升", "不合格", "不称职",
        "不及格", "差", "较差", "超出期望", "超出预期", "超越期望", "达到期望", "符合期望",
        "符合预期", "达到预期", "低于期望", "低于预期", "未达期望", "未达预期", "部分达到",
        "outstanding", "exceptional", "excellent", "exceeds", "exceeded",
        "exceeds expectations", "exceeded expectations", "far exceeds expectations",
        "meets", "met", "meets expectations", "met expectations", "fully meets",
        "fully meets expectations", "meets most expectations", "partially meets",
        "partially meets expectations", "below", "below expectations",
        "does not meet", "does not meet expectations", "needs improvement",
        "improvement needed", "unsatisfactory", "satisfactory", "good", "very good",
        "fair", "poor", "average", "below average", "above average", "developing",
        "proficient", "competent", "expert", "novice", "beginner", "advanced",
        "intermediate", "top", "middle", "bottom", "high", "medium", "low",
        "strong", "solid", "weak", "pass", "fail", "always", "usually", "sometimes",
        "rarely", "never", "strongly agree", "agree", "neutral", "disagree",
        "strongly disagree", "非常同意", "同意", "不同意", "非常不同意", "总是", "经常",
        "有时", "很少", "从不",
    }
)  # fmt: skip

DONT_KNOW = frozenset(
    {
        "不了解", "不清楚", "不知道", "无法评价", "无法评估", "不适用", "未评", "未评分",
        "弃权", "免评", "don't know", "dont know", "do not know", "unknown", "cannot say",
        "can't say", "unable to rate", "not rated", "unrated", "not applicable",
        "no opinion", "not observed", "abstain", "tbd", "pending", "待定", "?",
    }
)  # fmt: skip
