"""Slack, Teams and the other services that Apprise knows; installed on demand."""

import importlib
import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from reports.deliver.answers import Answer
from reports.deliver.chat.robot import Robot
from reports.deliver.our_words import HANDED_OVER, NOT_HANDED_OVER
from reports.deliver.smtp import NotClaimedError
from sync.errors import DeliveryError
from sync.wording import Text

_OURS = {
    "wecombot": "wecom",
    "dingtalk": "dingtalk",
    "feishu": "feishu",
    "lark": "feishu",
}
"""Apprise takes their 200 for a yes, whatever the code inside says (seen in 2.2.0)."""


def post_by_apprise(
    robot: Robot, text: str, *, before_end: Callable[[], bool]
) -> Answer:
    """Hand one note to Apprise.

    It says yes or no, and a no may hide a time-out after the note was taken: so a no
    is unknown, and nobody is told twice.

    Raises:
        DeliveryError: If Apprise is not installed, does not know the address, or the
            service is one that we speak to ourselves.
        NotClaimedError: If ``before_end`` said no.
    """
    where = f"config.toml: mail.chat {robot.name}"
    scheme = urlsplit(robot.url).scheme.lower()
    if scheme in _OURS:
        raise DeliveryError(
            Text(
                "{scheme} 不要通过 Apprise 发送：对方拒收时它察觉不到",
                "{scheme} is not for Apprise: it does not notice a refusal",
                {"scheme": scheme},
            ),
            where=where,
            hint=Text(
                '写 service = "{service}"，并填写机器人的 https 地址',
                'write service = "{service}" and the robot\'s https address',
                {"service": _OURS[scheme]},
            ),
        )
    try:
        apprise = importlib.import_module("apprise")
    except ImportError:
        raise DeliveryError(
            Text("没有安装 Apprise", "Apprise is not installed"),
            where=where,
            hint=Text(
                "在 Followup 的文件夹里运行：pip install '.[chat]'",
                "in Followup's folder: pip install '.[chat]'",
            ),
        ) from None
    # Without a handler its warnings go to the terminal, address and all.
    logging.getLogger("apprise").addHandler(logging.NullHandler())
    sender = apprise.Apprise()
    if not sender.add(robot.url):
        raise DeliveryError(
            Text(
                "Apprise 不认识这种地址", "Apprise does not know this kind of address"
            ),
            where=where,
            hint=Text(
                "请查看 Apprise 的服务列表，例如 slack://token/#channel",
                "see its list of services, as in slack://token/#channel",
            ),
        )
    if not before_end():
        raise NotClaimedError
    if sender.notify(body=text):
        return Answer(fate="sent", words=HANDED_OVER.in_("en"))
    return Answer(fate="unknown", words=NOT_HANDED_OVER.in_("en"))
