"""Texts to copy where nothing can be installed from here."""

from collections.abc import Callable
from datetime import UTC, datetime

from sync.schedule.cron import five_fields
from sync.schedule.firings import firings
from sync.schedule.job import Job

_GITHUB = """\
# .github/workflows/followup.yml in a PRIVATE repository: goals and letters are personal.
# GitHub starts late or not at all when it is busy, and stops after 60 days without a
# commit; --scheduled makes up for what is late and runs nothing twice.
name: followup
on:
  workflow_dispatch:
  schedule: # in UTC
{times}
concurrency: {{ group: {name}, cancel-in-progress: false }}
jobs:
  sync:
    runs-on: ubuntu-latest
    timeout-minutes: {minutes}
    permissions: {{ contents: write }}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {{ python-version: "3.12" }}
      - run: pip install followup
      - uses: actions/cache@v4 # what was run and sent
        with:
          path: .followup-state
          key: {name}-${{{{ github.run_id }}}}
          restore-keys: {name}-
      - run: followup sync --scheduled --yes{send}
        env:
          FOLLOWUP_STATE: ${{{{ github.workspace }}}}/.followup-state
          FOLLOWUP_SMTP_PASSWORD: ${{{{ secrets.FOLLOWUP_SMTP_PASSWORD }}}}
      - run: |
          git config user.name followup
          git config user.email followup@localhost
          git commit --all --message "Follow up on goals" && git push || true
"""

_CONTAINER = """\
# Any image with Python: the state is kept in a volume, and any scheduler may start it.
docker run --rm --volume /srv/hr:/hr --volume followup-state:/state \\
  --env FOLLOWUP_STATE=/state --workdir /hr followup sync --scheduled --yes{send}
"""

_KUBERNETES = """\
---
apiVersion: batch/v1
kind: CronJob
metadata: {{ name: {name} }}
spec:
  schedule: "{time}"
  timeZone: {zone}
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 0
      activeDeadlineSeconds: {seconds}
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: followup
              image: followup
              args: [sync, --scheduled, --yes{send}]
              workingDir: /hr
              env: [{{ name: FOLLOWUP_STATE, value: /state }}]
              volumeMounts:
                - {{ name: hr, mountPath: /hr }}
                - {{ name: state, mountPath: /state }}
          volumes:
            - {{ name: hr, persistentVolumeClaim: {{ claimName: hr }} }}
            - {{ name: state, persistentVolumeClaim: {{ claimName: followup-state }} }}
"""


def github(job: Job, now: datetime) -> str:
    """Write a workflow for GitHub Actions."""
    times = (five_fields(one) for one in firings(job.timetable, now, UTC))
    return _GITHUB.format(
        times="\n".join(f'    - cron: "{time}"' for time in times),
        name=job.name,
        minutes=int(_seconds(job) // 60),
        send=" --send" if "--send" in job.command else "",
    )


def container(job: Job, now: datetime) -> str:
    """Write a command for Docker and a CronJob for Kubernetes."""
    zone = job.timetable.zone
    times = firings(job.timetable, now, zone or UTC)
    sends = "--send" in job.command
    jobs = [
        _KUBERNETES.format(
            name=job.name if number == 0 else f"{job.name}-{number}",
            time=five_fields(one),
            zone=zone or "Etc/UTC",
            seconds=int(_seconds(job)),
            send=", --send" if sends else "",
        )
        for number, one in enumerate(times)
    ]
    return _CONTAINER.format(send=" --send" if sends else "") + "".join(jobs)


EXAMPLES: dict[str, Callable[[Job, datetime], str]] = {
    "github": github,
    "container": container,
}
"""Name → its text."""


def _seconds(job: Job) -> float:
    return job.limit.total_seconds() + 300 if job.limit else 6 * 3600
