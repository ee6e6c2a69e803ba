# Read by davmail.sh, which has started the simulator ($sim) and DavMail ($port): CalDAV on one side, the mailbox behind on the other.
user=dora@contoso.example password=Simulated-1 proved=0
calendar=http://127.0.0.1:$port/users/$user/calendar

ok() { proved=$((proved + 1)); echo "ok: $1"; }
check() { # what, found, wanted
  if [ "$2" != "$3" ]; then fail "$1: wanted '$3', found '$2'"; fi
  ok "$1"
}
shows() { # what, texts that the last answer holds …
  local what=$1 text; shift
  for text in "$@"; do grep -qF -- "$text" <<<"$answer" || fail "$what: no '$text' in $status $answer"; done
  ok "$what"
}

dav() { # method, path, curl's options …: gives $status, $answer and $tag
  local method=$1 path=$2; shift 2
  local options=(-sS -m 300 -u "$user:$password" -D "$folder/headers" -o "$folder/body" -w '%{http_code}')
  status=$(curl "${options[@]}" -X "$method" "$@" "$calendar/$path") ||
    fail "DavMail did not answer $method."
  answer=$(tr -d '\r' <"$folder/body")
  tag=$(tr -d '\r' <"$folder/headers" | sed -n 's/^etag: *//Ip')
}
ask() { # method, what is asked for in XML
  dav "$1" '' -H 'Depth: 1' -H 'Content-Type: text/xml' --data "$2"
  if [ "$status" != 207 ]; then fail "$1 is answered: $status $answer"; fi
}
list() { # the calendar in March 2027
  ask REPORT '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
    <D:prop><D:getetag/><C:calendar-data/></D:prop>
    <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
    <C:time-range start="20270301T000000Z" end="20270401T000000Z"/>
    </C:comp-filter></C:comp-filter></C:filter></C:calendar-query>'
}
zone=(BEGIN:VTIMEZONE TZID:Europe/Berlin BEGIN:STANDARD DTSTART:19701025T030000 TZOFFSETFROM:+0200 TZOFFSETTO:+0100
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU' END:STANDARD BEGIN:DAYLIGHT DTSTART:19700329T020000 TZOFFSETFROM:+0100 TZOFFSETTO:+0200
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU' END:DAYLIGHT END:VTIMEZONE)
put() { # name, lines of the event, curl's options …
  local name=$1 event=$2; shift 2
  printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//CleanSync//tests//EN "${zone[@]}" BEGIN:VEVENT "UID:$name" \
    DTSTAMP:20270101T000000Z "$event" END:VEVENT END:VCALENDAR >"$folder/event.ics"
  dav PUT "$name.ics" -H 'Content-Type: text/calendar; charset=utf-8' --data-binary "@$folder/event.ics" "$@"
}
hours() { printf 'DTSTART;TZID=Europe/Berlin:%s\r\nDTEND;TZID=Europe/Berlin:%s' "$1" "$2"; }

in_outlook() { # fields …: the mailbox's events in March 2027, one a line
  curl -sSf "$sim/mailboxes/$user/events?from=2027-03-01T00:00:00Z&to=2027-04-01T00:00:00Z" | python3 -c '
import json, sys
for event in json.load(sys.stdin):
    print("|".join(str(event.get(field)) for field in sys.argv[1:]))' "$@"
}
person() { # method, path, what: somebody in Outlook
  curl -sSf -o /dev/null -X "$1" -H 'Content-Type: application/json' -d "$3" "$sim/mailboxes/$user/$2" ||
    fail "the person in Outlook: $1 $2"
}
next_second() { sleep 1.1; } # an ETag is the time of the last change in whole seconds

curl -sSf -o /dev/null -H 'Content-Type: application/json' -d "{\"userName\": \"$user\", \"password\": \"$password\"}" \
  "$sim/accounts" || fail "the mailbox is there"
ask PROPFIND '<D:propfind xmlns:D="DAV:"><D:prop><D:displayname/><D:resourcetype/></D:prop></D:propfind>'
shows "DavMail logs on, and the mailbox has a calendar" '<D:displayname>Calendar</D:displayname>' ':calendar/>'
list
check "the calendar is empty at first" "$(grep -c BEGIN:VEVENT <<<"$answer" || true)" 0

person POST events '{"subject": "From Outlook", "start": "2027-03-02T08:00:00Z", "end": "2027-03-02T09:00:00Z", "location": "Room 1"}'
list
shows "an event from Outlook is listed, at its time in its zone" \
  'SUMMARY;LANGUAGE=en-US:From Outlook' 'DTSTART;TZID="Europe/Berlin":20270302T090000' 'TZOFFSETTO:+0200' 'LOCATION;LANGUAGE=en-US:Room 1'

texts=$'SUMMARY:Haircut\r\nLOCATION:Salon 2\r\nDESCRIPTION:By phone\r\nCLASS:PRIVATE\r\nTRANSP:OPAQUE\r\n'
put haircut "$texts$(hours 20270303T090000 20270303T103000)"
check "an event is created" "$status" 201
created=$tag id=$(in_outlook id | tail -n 1)
check "and stands in the mailbox" "$(in_outlook uid subject start end timeZoneId location body sensitivity freeBusy type | tail -n 1)" \
  'haircut|Haircut|2027-03-03T08:00:00+00:00|2027-03-03T09:30:00+00:00|W. Europe Standard Time|Salon 2|By phone|Private|Busy|Single'
list
check "the calendar lists both" "$(grep -c BEGIN:VEVENT <<<"$answer")" 2

next_second
put haircut "$texts$(hours 20270329T140000 20270329T150000)" -H "If-Match: $created"
check "it is moved, over the change of the clocks" "$status" 200
check "and moves in the mailbox, as the same item with the same texts" \
  "$(in_outlook id uid subject start end timeZoneId location body sensitivity | tail -n 1)" \
  "$id|haircut|Haircut|2027-03-29T12:00:00+00:00|2027-03-29T13:00:00+00:00|W. Europe Standard Time|Salon 2|By phone|Private"
dav GET haircut.ics
shows "and is read at its new time" 'DTSTART;TZID="Europe/Berlin":20270329T140000'
put haircut "$texts$(hours 20270304T090000 20270304T100000)" -H "If-Match: $created"
check "under the ETag from before it is not moved again" "$status" 412
check "nor in the mailbox" "$(in_outlook start | tail -n 1)" 2027-03-29T12:00:00+00:00

next_second
escaped=$(python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1], safe=""))' "$id")
person PATCH "events/_?id=$escaped" '{"start": "2027-03-30T06:00:00Z", "end": "2027-03-30T07:00:00Z"}'
dav GET haircut.ics
shows "a move in Outlook is seen" 'DTSTART;TZID="Europe/Berlin":20270330T080000'

put holiday $'SUMMARY:Holiday\r\nTRANSP:TRANSPARENT\r\nDTSTART;VALUE=DATE:20270310\r\nDTEND;VALUE=DATE:20270312'
check "an all-day event is created" "$status" 201
check "and lies on the days of the mailbox's zone" "$(in_outlook subject start end isAllDay freeBusy | grep Holiday)" \
  'Holiday|2027-03-09T23:00:00+00:00|2027-03-11T23:00:00+00:00|True|Free'
dav DELETE holiday.ics
check "it is deleted" "$status" 200
check "and left the mailbox's calendar" "$(in_outlook subject | xargs)" 'From Outlook Haircut'

person POST series '{"subject": "Briefing", "start": "2027-01-04T08:00:00Z", "end": "2027-01-04T08:30:00Z", "occurrences": 20}'
list
shows "a series is listed with its rule" 'RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;WKST=SU;COUNT=20'

dav DELETE haircut.ics
check "the other event is deleted" "$status" 200
check "and left the mailbox's calendar" "$(in_outlook subject | sort -u | xargs)" 'Briefing From Outlook'
deleted=$(curl -sSf "$sim/mailboxes/$user/folders/deleteditems" | grep -o '"subject":"[^"]*"' | sort | xargs)
check "Deleted Items hold both" "$deleted" 'subject:Haircut subject:Holiday'
dav GET haircut.ics
check "it cannot be read any more" "$status" 404
check "the folder in which DavMail learns its zone is gone again" \
  "$(curl -s -o /dev/null -w '%{http_code}' "$sim/mailboxes/$user/folders/davmailtemp")" 409

used=$(curl -sSf "$sim/requests" | python3 -c '
import collections, json, sys
calls = [r for r in json.load(sys.stdin) if r.get("operation")]
def is_served(r): return r["httpStatus"] == 200 and set(r["responseCodes"]) == {"NoError"}
refused = [(r["operation"], r["httpStatus"], r["responseCodes"]) for r in calls if not is_served(r)]
counts = collections.Counter(r["operation"] for r in calls)
missing = {"ConvertId", "CreateFolder", "DeleteFolder", "FindItem", "GetItem", "CreateItem", "UpdateItem", "DeleteItem"} - set(counts)
if refused or missing: sys.exit(f"refused: {refused}, never asked: {missing}")
print(", ".join(f"{count} {name}" for name, count in sorted(counts.items())))') || fail "the simulator served every call"
ok "the simulator served every call: $used"
