"""Which groups of raters can never be shown, said before the questionnaires go out."""

from collections.abc import Iterable, Iterator

from sync.assess.evaluation.model import Group
from sync.findings import Finding
from sync.wording import Text, same

_RELATIONS = {
    "peer": Text("同事", "peers"),
    "report": Text("下属", "direct reports"),
    "other": Text("其他评价人", "others"),
    "self": Text("本人", "self"),
}
_WHAT = Text(
    "“{who}”的{relation}只有 {n} 位，少于 {least} 位，他们的评价不会显示",
    "raters of “{who}” ({relation}): {n}, fewer than {least}; their answers will not be "
    "shown",
)
_FIX = Text(
    "发出问卷前再邀请 {more} 位；请不到就别问这一组，答了也看不到",
    "ask {more} more before it goes out, or do not ask this group at all: nobody would "
    "see its answers",
)


def findings_of(groups: Iterable[Group], minimum: int) -> Iterator[Finding]:
    """Say of which groups too few were asked ever to be shown, at their first row.

    It counts who was asked and not who answered, so that it can be mended before the
    launch; no answer is looked at. The manager and the person alone are shown as they
    are.

    Args:
        groups: Everybody asked, by person and relation.
        minimum: How many raters a group needs.

    Source:
        Nominations are checked before the launch: three to five of each group is what
        published guides ask for.
    """
    for group in groups:
        own = group.relation == "self" and group.n_nominated == 1
        if own or group.relation == "manager" or group.n_nominated >= minimum:
            continue
        yield Finding(
            code="P220",
            severity="warning",
            what=_WHAT.fill(
                who=group.ratee,
                relation=_RELATIONS.get(group.relation, same(group.relation)),
                n=group.n_nominated,
                least=minimum,
            ),
            fix=_FIX.fill(more=minimum - group.n_nominated),
            at=group.at,
        )
