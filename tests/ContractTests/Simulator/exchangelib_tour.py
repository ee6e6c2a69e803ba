"""Drives the simulator with python3-exchangelib: list, create, move, series, sync, delete. Arguments: address, user, password, mailbox, ntlm|basic."""
import sys
from datetime import datetime, timedelta

from exchangelib import (Account, Build, CalendarItem, Configuration, Credentials, DELEGATE, EWSDateTime, EWSTimeZone, IMPERSONATION, Version)
from exchangelib.folders import SingleFolderQuerySet
from exchangelib.properties import DistinguishedFolderId, Mailbox
from exchangelib.recurrence import Recurrence, WeeklyPattern
from exchangelib.transport import BASIC, NTLM

address, user, password, mailbox, scheme = sys.argv[1:6]
zone = EWSTimeZone("Europe/Berlin")


def account(access, address_of=mailbox):
    config = Configuration(service_endpoint=address, credentials=Credentials(user, password), auth_type=NTLM if scheme == "ntlm" else BASIC,
                           version=Version(build=Build(15, 1)))
    return Account(address_of, config=config, autodiscover=False, access_type=access, default_timezone=zone)


def at(day, hour, minute=0):
    return EWSDateTime(2026, 3, day, hour, minute, tzinfo=zone)


def check(what, condition):
    if not condition:
        raise SystemExit(f"failed: {what}")
    print(f"ok: {what}")


acc = account(IMPERSONATION)
calendar = acc.calendar
check("the calendar is reachable", calendar.name == "Calendar")
list(calendar.sync_items())
state = calendar.item_sync_state

item = CalendarItem(account=acc, folder=calendar, subject="Haircut", start=at(3, 9), end=at(3, 10), location="Salon 2", body="By phone",
                    categories=["Booked"], is_all_day=False, legacy_free_busy_status="Busy", sensitivity="Private")
item.save()
check("an item is created", item.id and item.changekey)

found = list(calendar.view(start=at(1, 0), end=at(31, 0)))
check("the view shows it", [i.subject for i in found] == ["Haircut"])
check("its start is right", found[0].start == at(3, 9))
check("all() lists it with its body", [i.text_body or i.body for i in calendar.all()] == ["By phone"])
check("filter finds it", calendar.filter(subject="Haircut", start__gte=at(1, 0)).count() == 1)

item.start, item.end, item.subject = at(4, 11), at(4, 12), "Haircut (moved)"
item.save(update_fields=["start", "end", "subject"])
again = calendar.get(id=item.id, changekey=item.changekey)
check("it is moved", again.start == at(4, 11) and again.subject == "Haircut (moved)" and again.location == "Salon 2")
check("its zone is kept", again._start_timezone.key == "Europe/Berlin")

series = CalendarItem(account=acc, folder=calendar, subject="Briefing", start=at(23, 9), end=at(23, 9, 30),
                      recurrence=Recurrence(pattern=WeeklyPattern(interval=1, weekdays=["Monday"]), start=at(23, 9).date(), number=3))
series.save()
occurrences = [i for i in calendar.view(start=at(1, 0), end=EWSDateTime(2026, 5, 1, tzinfo=zone)) if i.subject == "Briefing"]
check("the series keeps its wall clock across the clock change", [i.start.astimezone(zone).hour for i in occurrences] == [9, 9, 9])
second = series.occurrence(index=2)
second.delete(send_meeting_cancellations="SendToNone")
master = calendar.get(id=series.id)
check("an occurrence is deleted", len(master.deleted_occurrences) == 1 and master.recurrence.boundary.number == 3)

changes = list(calendar.sync_items(sync_state=state))
check("sync tells both creations", sorted(kind for kind, _ in changes) == ["create", "create"])
state = calendar.item_sync_state
again.delete(send_meeting_cancellations="SendToNone")
gone = list(calendar.sync_items(sync_state=state))
check("sync tells the deletion", [kind for kind, _ in gone] == ["delete"])
moved = calendar.get(id=series.id)
moved.move_to_trash(send_meeting_cancellations="SendToNone")
check("the calendar is empty", calendar.all().count() == 0)
own = account(DELEGATE, user)
shared = SingleFolderQuerySet(account=own, folder=DistinguishedFolderId(id="calendar", mailbox=Mailbox(email_address=mailbox))).resolve()
CalendarItem(account=own, folder=shared, subject="By the delegate", start=at(5, 9), end=at(5, 10)).save()
check("a delegate writes into the shared calendar", [i.subject for i in shared.view(start=at(1, 0), end=at(31, 0))] == ["By the delegate"])
print("tour done")
