"""Drives the simulator with python3-exchangelib: list, create, move, series, all-day, meetings, sync, delete; impersonated and as a delegate.
Arguments: address, user, password, mailbox, ntlm|basic."""
import json
import sys
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen

from exchangelib import (Account, Build, CalendarItem, Configuration, Credentials, DELEGATE, EWSDate, EWSDateTime, EWSTimeZone, IMPERSONATION, Version)
from exchangelib.errors import ErrorCannotDeleteObject
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
moved = series.occurrence(index=3)
moved.refresh()
moved.start, moved.end, moved.subject = EWSDateTime(2026, 4, 7, 14, 0, tzinfo=zone), EWSDateTime(2026, 4, 7, 14, 30, tzinfo=zone), "Briefing (moved)"
moved.save(update_fields=["start", "end", "subject"], send_meeting_invitations="SendToNone")
second = series.occurrence(index=2)
second.delete(send_meeting_cancellations="SendToNone")
master = calendar.get(id=series.id)
check("an occurrence is deleted", len(master.deleted_occurrences) == 1 and master.recurrence.boundary.number == 3)
check("an occurrence is moved and the master remembers its slot", [o.original_start.astimezone(zone) for o in master.modified_occurrences] == [EWSDateTime(2026, 4, 6, 9, 0, tzinfo=zone)])
exceptions = [i for i in calendar.view(start=at(24, 0), end=EWSDateTime(2026, 5, 1, tzinfo=zone))]
check("the view shows the exception and nothing in the gap", [(i.subject, i.start.day, i.type) for i in exceptions] == [("Briefing (moved)", 7, "Exception")])
back = exceptions[0].recurring_master()
back.refresh()
check("an occurrence leads to its master", back.id == series.id)

changes = list(calendar.sync_items(sync_state=state))
check("sync tells both creations", sorted(kind for kind, _ in changes) == ["create", "create"])
state = calendar.item_sync_state

other = next(f for f in calendar.children if f.name == "Other Calendar")
before = again.id
again.move(to_folder=other)
check("an item moves to another folder under a new id", again.id != before and [i.subject for i in other.all()] == ["Haircut (moved)"])
check("sync tells that it left", [kind for kind, _ in calendar.sync_items(sync_state=state)] == ["delete"])
state = calendar.item_sync_state
again.move(to_folder=calendar)
copy = again.copy(to_folder=other)
check("it comes back and its copy stays", again.id != before and other.all().count() == 1 and calendar.filter(subject="Haircut (moved)").count() == 1)
check("sync tells that it is back", [kind for kind, _ in calendar.sync_items(sync_state=state)] == ["create"])
state = calendar.item_sync_state
again.delete(send_meeting_cancellations="SendToNone")
gone = list(calendar.sync_items(sync_state=state))
check("sync tells the deletion", [kind for kind, _ in gone] == ["delete"])

holiday = CalendarItem(account=acc, folder=calendar, subject="Holiday", start=EWSDate(2026, 3, 10), end=EWSDate(2026, 3, 11), is_all_day=True)
holiday.save()
seen = calendar.get(id=holiday.id)
check("an all-day event keeps its dates", (seen.start, seen.end, seen.is_all_day) == (EWSDate(2026, 3, 10), EWSDate(2026, 3, 11), True))
holiday.delete(send_meeting_cancellations="SendToNone")

meeting = CalendarItem(account=acc, folder=calendar, subject="Meeting", start=at(11, 9), end=at(11, 10), required_attendees=["bob@contoso.example"])
meeting.save(send_meeting_invitations="SendToNone")
invited = calendar.get(id=meeting.id)
check("attendees are kept", [a.mailbox.email_address for a in invited.required_attendees] == ["bob@contoso.example"])
invited.delete(send_meeting_cancellations="SendToNone")


def invitation(subject, day):
    body = {"subject": subject, "start": f"2026-03-{day}T09:00:00Z", "end": f"2026-03-{day}T10:00:00Z", "organizer": "bob@contoso.example"}
    request = Request(urljoin(address, f"/sim/mailboxes/{quote(mailbox)}/events"), json.dumps(body).encode(), {"Content-Type": "application/json"})
    return calendar.get(id=json.load(urlopen(request))["id"])


for day, answer, expected in ((12, "accept", "Accept"), (13, "tentatively_accept", "Tentative")):
    request = invitation("Invited", day)
    check(f"{answer} finds an open invitation", request.my_response_type == "NoResponseReceived" and request.organizer.email_address == "bob@contoso.example")
    getattr(request, answer)()
    answered = calendar.get(id=request.id)
    check(f"{answer} answers it", answered.my_response_type == expected)
    answered.delete(send_meeting_cancellations="SendToNone")
refused = invitation("Invited", 16)
refused.decline()
check("a declined meeting leaves the calendar", calendar.filter(subject="Invited").count() == 0)

moved = calendar.get(id=series.id)
moved.move_to_trash(send_meeting_cancellations="SendToNone")
check("the calendar is empty", calendar.all().count() == 0)

# As a delegate. A distinguished folder would turn into the caller's own, so the folders are named by what they are; the owner's mailbox, seen by who
# may act as its owner, tells after each step what became of it.
own = account(DELEGATE, user)


def shared_folder(name):
    named = DistinguishedFolderId(id=name, mailbox=Mailbox(email_address=mailbox))
    folder = SingleFolderQuerySet(account=own, folder=named).resolve()
    folder.is_distinguished = False
    return folder


def of_owner(folder=None):
    return [(i.subject, i.start) for i in (folder or calendar).all().order_by("start")]


shared = shared_folder("calendar")
check("the shared calendar is the owner's", shared.id == calendar.id and shared.id != own.calendar.id)
booked = CalendarItem(account=own, folder=shared, subject="By the delegate", start=at(5, 9), end=at(5, 10))
booked.save()
check("a delegate writes into the shared calendar", [i.subject for i in shared.view(start=at(1, 0), end=at(31, 0))] == ["By the delegate"])
check("and the owner has it", of_owner() == [("By the delegate", at(5, 9))])
booked.start, booked.end = at(6, 9), at(6, 10)
booked.save(update_fields=["start", "end"], send_meeting_invitations="SendToNone")
check("and moves what is there", [i.start for i in shared.view(start=at(1, 0), end=at(31, 0))] == [at(6, 9)])
check("and the owner sees it move", of_owner() == [("By the delegate", at(6, 9))])
check("and syncs it", [kind for kind, _ in shared.sync_items()] == ["create"])
try:
    booked.move_to_trash(send_meeting_cancellations="SendToNone")
    check("it may not ask for MoveToDeletedItems", False)
except ErrorCannotDeleteObject:
    check("it may not ask for MoveToDeletedItems", of_owner() == [("By the delegate", at(6, 9))])
trash = shared_folder("deleteditems")
check("the shared Deleted Items are the owner's", trash.id == acc.trash.id and trash.id != own.trash.id)
before = [i.id for i in acc.trash.all()]
booked.move(to_folder=trash)
check("it moves it there instead", of_owner() == [] and list(shared.view(start=at(1, 0), end=at(31, 0))) == [])
check("and the owner finds it there", [i.subject for i in acc.trash.all() if i.id not in before] == ["By the delegate"])
recoverable = CalendarItem(account=own, folder=shared, subject="To be recovered", start=at(7, 9), end=at(7, 10))
recoverable.save()
check("the owner has another", of_owner() == [("To be recovered", at(7, 9))])
recoverable.soft_delete(send_meeting_cancellations="SendToNone")
check("which goes softly", of_owner() == [])
check("and its own mailbox was never touched", own.calendar.all().count() == 0 and own.trash.all().count() == 0)
print("tour done")
