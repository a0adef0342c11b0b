"""The example rows: three colleagues, their goals, and one of everything else."""

from collections.abc import Mapping
from datetime import date, timedelta

from sync.wording import Lang, Text

Value = str | float | date
Row = Mapping[str, Value]

_MONTHS = 6


def examples(today: date, lang: Lang) -> Mapping[str, tuple[Row, ...]]:
    """Give the rows by the key of their sheet; every date is near ``today``."""
    said = {
        sheet: tuple(
            {
                key: value.in_(lang) if isinstance(value, Text) else value
                for key, value in row.items()
            }
            for row in rows
        )
        for sheet, rows in _ROWS.items()
    }
    days = _days(today)
    return {
        sheet: tuple(
            {
                key: days.get(value, value) if isinstance(value, str) else value
                for key, value in row.items()
            }
            for row in rows
        )
        for sheet, rows in said.items()
    }


def _days(today: date) -> Mapping[str, Value]:
    """Give what the words that stand for a day mean."""
    start = today.replace(day=1)
    month = start.month - 1 + _MONTHS
    end = date(start.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    half = "H1" if start.month <= _MONTHS else "H2"
    return {
        "<start>": start,
        "<end>": end,
        "<today>": today,
        "<later>": today + timedelta(days=14),
        "<cycle>": f"{start.year}{half}",
    }


_ANA, _BO, _CHEN = (
    Text("陈岚", "Ana Ruiz"),
    Text("李博", "Bo Marsh"),
    Text("周晴", "Cleo Hart"),
)
_ROWS: Mapping[str, tuple[Mapping[str, Value | Text], ...]] = {
    "people": (
        {
            "id": "1001",
            "name": _ANA,
            "department": Text("客户服务部", "Customer service"),
            "position": Text("部门经理", "Head of service"),
            "email": "ana@example.com",
            "hired": date(2019, 3, 4),
            "employment": Text("在职", "Active"),
            "language": Text("中文", "English"),
        },
        {
            "id": "1002",
            "name": _BO,
            "department": Text("客户服务部", "Customer service"),
            "position": Text("客服主管", "Team lead"),
            "manager": _ANA,
            "email": "bo@example.com",
            "hired": date(2021, 9, 1),
            "employment": Text("在职", "Active"),
            "language": Text("中文", "English"),
        },
        {
            "id": "1003",
            "name": _CHEN,
            "department": Text("销售部", "Sales"),
            "position": Text("大客户经理", "Key account manager"),
            "manager": _ANA,
            "email": "cleo@example.com",
            "hired": date(2023, 6, 12),
            "employment": Text("在职", "Active"),
            "language": Text("中文", "English"),
        },
    ),
    "goals": (
        {
            "id": "G-01",
            "name": _ANA,
            "goal": Text(
                "将客户满意度从82分提升到88分",
                "Raise customer satisfaction from 82 to 88 points",
            ),
            "measure": Text("客户满意度", "Satisfaction score"),
            "unit": Text("分", "points"),
            "baseline": 82,
            "target": 88,
            "current": 83,
            "weight": 1.0,
            "start": "<start>",
            "due": "<end>",
            "status": Text("正常", "On track"),
            "updated": "<today>",
            "supports": Text("公司年度目标：客户满意度90分", "Company goal: 90 points"),
        },
        {
            "id": "G-02",
            "name": _BO,
            "goal": Text(
                "将投诉首次响应时间从8小时缩短到2小时",
                "Cut the first response to complaints from 8 hours to 2 hours",
            ),
            "measure": Text("首次响应时间", "First response time"),
            "unit": Text("小时", "hours"),
            "baseline": 8,
            "target": 2,
            "current": 6.5,
            "weight": 0.6,
            "start": "<start>",
            "due": "<end>",
            "status": Text("正常", "On track"),
            "updated": "<today>",
            "supports": "G-01",
        },
        {
            "id": "G-03",
            "name": _BO,
            "goal": Text(
                "将工单一次解决率从70%提升到80%",
                "Raise the share of tickets solved at first contact from 70 % to 80 %",
            ),
            "measure": Text("一次解决率", "First-contact resolution"),
            "unit": "%",
            "baseline": 70,
            "target": 80,
            "current": 72,
            "weight": 0.4,
            "start": "<start>",
            "due": "<end>",
            "status": Text("正常", "On track"),
            "updated": "<today>",
            "supports": "G-01",
        },
        {
            "id": "G-04",
            "name": _CHEN,
            "goal": Text(
                "新签12家年合同额50万元以上的客户",
                "Sign 12 new customers worth more than 50,000 a year each",
            ),
            "measure": Text("新签客户数", "New customers signed"),
            "unit": Text("家", "customers"),
            "baseline": 0,
            "target": 12,
            "current": 2,
            "weight": 1.0,
            "start": "<start>",
            "due": "<end>",
            "status": Text("正常", "On track"),
            "updated": "<today>",
            "supports": "G-01",
        },
    ),
    "ratings": (
        {
            "name": _BO,
            "cycle": "<cycle>",
            "own": 4.0,
            "manager": 4.0,
            "final": 4.0,
            "grade": "A",
            "comment": Text(
                "三月系统故障时，他当天组织全组轮班回访客户，因此投诉当周降了三成",
                "During the outage in March he set up shifts to call customers back, so "
                "complaints fell by a third within the week",
            ),
            "on": "<today>",
            "seen": Text("是", "Yes"),
        },
    ),
    "feedback": (
        {
            "ratee": _BO,
            "rater": _BO,
            "relation": Text("本人", "Self"),
            "competency": Text("团队协作", "Teamwork"),
            "score": 4,
        },
        {
            "ratee": _BO,
            "rater": _ANA,
            "relation": Text("上级", "Manager"),
            "competency": Text("团队协作", "Teamwork"),
            "score": 4,
        },
    ),
    "talks": (
        {
            "on": "<today>",
            "name": _BO,
            "with": _ANA,
            "notes": Text(
                "回顾首次响应时间，已从8小时降到6.5小时",
                "First response is down from 8 to 6.5 hours",
            ),
            "issues": Text("晚班只有一个人", "One person only on the late shift"),
            "support": Text(
                "希望增加一名晚班同事", "A second colleague for the late shift"
            ),
            "next": Text("试行新的排班表", "Try a new rota"),
            "next_on": "<later>",
        },
    ),
    "actions": (
        {
            "id": "A-01",
            "issue": Text("晚班响应慢", "Slow response on the late shift"),
            "action": Text(
                "重新排班，晚班增加一人", "Draw up a rota with two on the late shift"
            ),
            "owner": _BO,
            "raised": "<today>",
            "due": "<later>",
            "status": Text("进行中", "In progress"),
        },
    ),
}
