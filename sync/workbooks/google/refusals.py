"""What Google answers when it will not, and when nothing usable comes."""

from typing import Any, Self


class Refused(Exception):  # noqa: N818 (it says what happened)
    """Google answered that it will not do it; nothing was changed."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str = "",
        reasons: tuple[str, ...] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{status} {message}")
        self.status = status
        self.message = message
        self.code = code
        """Google's word for the status, such as ``PERMISSION_DENIED``."""
        self.reasons = reasons
        """Words of machine-readable details, such as ``SERVICE_DISABLED``."""
        self.retry_after = retry_after
        """Seconds."""

    @classmethod
    def of(cls, status: int, error: Any, retry_after: float | None) -> Self:
        """Read Google's error object; anything else is a refusal without words."""
        found = error if isinstance(error, dict) else {}
        details = found.get("details")
        reasons = [
            str(one["reason"])
            for one in (details if isinstance(details, list) else [])
            if isinstance(one, dict) and "reason" in one
        ]
        return cls(
            status,
            str(found.get("message", "")),
            code=str(found.get("status", "")),
            reasons=tuple(reasons),
            retry_after=retry_after,
        )


class Unanswered(Exception):  # noqa: N818 (it says what happened)
    """No usable answer came."""

    def __init__(
        self,
        what: str,
        *,
        status: int = 0,
        retry_after: float | None = None,
        may_have_applied: bool = True,
    ) -> None:
        super().__init__(what)
        self.status = status
        self.retry_after = retry_after
        self.may_have_applied = may_have_applied
        """Whether a write may have been carried out all the same."""
