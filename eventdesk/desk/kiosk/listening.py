"""What the kiosk hears of the rest of the desk. Hooks are called on any thread: each becomes a command."""

from collections.abc import Callable

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Hooks, Trouble
from eventdesk.desk.kiosk import news
from eventdesk.desk.printing.values import Entered
from eventdesk.domain.badges import BadgeJob


def listen(hooks: Hooks, is_open: Callable[[], bool], post: Callable[[Command], None]) -> None:
    """`is_open`: whether what may change by the minute is to be heard; how devices are doing, and how a badge
    goes, is heard all the same."""

    def heard(command: Command) -> None:
        if is_open():
            post(command)

    def job(told: BadgeJob) -> None:
        post(news.JobNews(told.id, told.state, told.detail))

    def entered(told: Entered) -> None:
        post(news.EnteredNews(told.job.id, told.admission))

    def trouble(told: Trouble) -> None:
        if told.device == "printer":
            post(news.PrintSystemSilent())

    hooks.job_changed.connect(job)
    hooks.badge_entered.connect(entered)
    hooks.trouble_told.connect(trouble)
    hooks.device_changed.connect(lambda told: post(news.DeviceNews(told)))
    hooks.printers_told.connect(lambda told: post(news.PrintersNews(told)))
    hooks.line_changed.connect(lambda told: post(news.LineNews(told)))
    hooks.desk_ordered.connect(lambda told: heard(news.OrderNews(told)))
    hooks.door_chosen.connect(lambda _: heard(news.LookAgain()))
    hooks.facts_recorded.connect(lambda _: heard(news.LookAgain()))
