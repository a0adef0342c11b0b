"""What the server says when it does not do what it was asked.

Texts tagged *recorded* were answered by the real API, *documented* come from Google's
guides or from issue threads that quote them, *assumed* are ours.
"""

from typing import Any

Json = dict[str, Any]

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
"""HTTP code → canonical name of `google.rpc.Code`, as `error.status` spells it."""


class RefusalError(Exception):
    """An answer with an error code; nothing has been applied."""

    def __init__(
        self,
        code: int,
        message: str,
        status: str | None = None,
        details: list[Json] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status or STATUS.get(code, "UNKNOWN")
        self.details = details or []
        self.headers: dict[str, str] = {}

    def body(self) -> Json:
        error: Json = {
            "code": self.code,
            "message": self.message,
            "status": self.status,
        }
        if self.details:
            error["details"] = self.details
        return {"error": error}


class DriveRefusalError(RefusalError):
    """Drive keeps the older shape of errors: a list with domain and reason."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        reason: str,
        domain: str = "global",
        at: str = "",
    ) -> None:
        super().__init__(code, message)
        self.entry: Json = {"message": message, "domain": domain, "reason": reason}
        if at:
            self.entry |= {"location": at, "locationType": "parameter"}

    def body(self) -> Json:
        return {
            "error": {
                "code": self.code,
                "message": self.message,
                "errors": [self.entry],
            }
        }


def invalid(message: str) -> RefusalError:
    return RefusalError(400, message)


def unreadable_range(text: str) -> RefusalError:
    # Recorded.
    return invalid(f"Unable to parse range: {text}")


def no_permission() -> RefusalError:
    # Recorded.
    return RefusalError(403, "The caller does not have permission")


def not_found() -> RefusalError:
    # Recorded.
    return RefusalError(404, "Requested entity was not found.")


def protected(where: str) -> RefusalError:
    # Documented: googleapis/google-api-nodejs-client and many threads quote it.
    return invalid(
        f"{where}You are trying to edit a protected cell or object. Please contact "
        "the spreadsheet owner to remove protection if you need to edit."
    )


def uploaded_file() -> RefusalError:
    # Documented: what every .xlsx in Drive answers, quoted in many threads.
    return RefusalError(
        400, "This operation is not supported for this document", "FAILED_PRECONDITION"
    )


def api_disabled(service: str, title: str, project: str) -> RefusalError:
    # Documented: https://cloud.google.com/apis/docs/getting-started#enabling_apis
    where = (
        f"https://console.developers.google.com/apis/api/{service}/overview"
        f"?project={project}"
    )
    return RefusalError(
        403,
        f"{title} has not been used in project {project} before or it is disabled. "
        f"Enable it by visiting {where} then retry. If you enabled this API recently, "
        "wait a few minutes for the action to propagate to our systems and retry.",
        details=[
            {
                "@type": "type.googleapis.com/google.rpc.Help",
                "links": [
                    {"description": "Google developers console API activation",
                     "url": where}
                ],
            },
            reason("SERVICE_DISABLED", service=service,
                   consumer=f"projects/{project}"),
        ],
    )  # fmt: skip


def too_few_scopes(service: str, method: str) -> RefusalError:
    # Documented: https://cloud.google.com/apis/design/errors
    return RefusalError(
        403,
        "Request had insufficient authentication scopes.",
        details=[
            reason(
                "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                service=service,
                method=method,
            )
        ],
    )


def signed_out() -> RefusalError:
    # Documented: google.rpc errors of every Google API.
    refusal = RefusalError(
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access "
        "token, login cookie or other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project.",
    )
    refusal.headers["WWW-Authenticate"] = (
        'Bearer realm="https://accounts.google.com/", error="invalid_token"'
    )
    return refusal


def no_identity() -> RefusalError:
    # Documented: what a call without any credentials gets.
    return RefusalError(
        403,
        "Method doesn't allow unregistered callers (callers without established "
        "identity). Please use API Key or other form of API consumer identity to call "
        "this API.",
    )


def over_quota(kind: str) -> RefusalError:
    # Documented: https://developers.google.com/workspace/sheets/api/limits
    return RefusalError(
        429,
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests "
        "per minute per user' of service 'sheets.googleapis.com' for consumer "
        "'project_number:1'.",
        details=[
            reason(
                "RATE_LIMIT_EXCEEDED",
                service="sheets.googleapis.com",
                quota_limit=f"{kind}RequestsPerMinutePerUser",
                consumer="projects/1",
            )
        ],
    )


def reason(name: str, **metadata: str) -> Json:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": name,
        "domain": "googleapis.com",
        "metadata": metadata,
    }
