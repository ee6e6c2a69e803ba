using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;

namespace CleanSync.Benchmarks.Planning;

/// <summary>
/// A calendar that is far too large, and as much news of it: of 20 items 2 are new, 3 changed, 11 as they were, 1 left, 2 copies as they
/// were and 1 moved.
/// </summary>
internal static class ManyChanges
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly StaffCalendarLink Link = new()
    {
        Id = Id(0, 1),
        StaffId = "anna",
        StaffName = "Anna",
        IntegrationId = Id(0, 2),
        TimeZone = "Europe/Berlin",
        Cursor = new SyncCursor("c"),
    };

    public static (PullBasis Basis, IReadOnlyList<RemoteChange> Changes) Of(int count)
    {
        var (known, appointments, changes) = (new List<SyncedEvent>(), new List<Appointment>(), new List<RemoteChange>());
        for (var i = 0; i < count; i++)
        {
            var kind = i % 20;
            if (kind >= 17)
            {
                var booked = new Appointment { Id = Id(2, i), Title = "Haircut", Times = At(i), StaffIds = ["anna"], Version = 1 };
                appointments.Add(booked);
                known.Add(Copy(booked, i));
                changes.Add(
                    new RemoteChange.Seen(Remote(i, kind == 19 ? 1 : 0) with { Tag = new CopyTag(Id(1, i), Id(3, i)), Title = "Haircut" }));
                continue;
            }

            if (kind >= 2) known.Add(Mirrored(i));
            changes.Add(kind == 16 ? new RemoteChange.Left(Id(1, i)) : new RemoteChange.Seen(Remote(i, kind is 2 or 3 or 4 ? 1 : 0)));
        }

        var made = 0;
        return (new PullBasis
        {
            Link = Link,
            Window = SyncWindow.At(Now, 12, CalendarZone.FindOrUtc(Link.TimeZone)),
            Now = Now,
            ShowTitles = true,
            ProjectionVersion = 1,
            Known = known,
            Appointments = appointments,
            Copies = [.. known.Where(e => e.AppointmentId is not null)],
            Fuse = new RemovalCount(0, known.Count),
            NewId = () => Id(4, made++),
        }, changes);
    }

    private static Guid Id(int kind, int n) => new(n, (short)kind, 0, new byte[8]);

    private static EventTimes At(int i) =>
        EventTimes.Timed(Now.AddMinutes(15 * (1 + (i % 30_000))), Now.AddMinutes(15 * (3 + (i % 30_000))), "Europe/Berlin");

    /// <summary>As long as Exchange's ids are.</summary>
    private static string Item(int i) => $"AAMkAGI2TG93AAAAAAAvYW5uYQAAAAAARgAAAAAA{new string('x', 60)}{i:D8}AAA=";

    private static RemoteEvent Remote(int i, int shift) =>
        new()
        {
            ItemId = Item(i),
            ChangeKey = $"DwAAABYAAAB{i:D8}{shift}",
            Uid = $"040000008200E00074C5B7101A82E008{i:D8}",
            Times = At(i + shift),
            Title = "Dentist",
            Location = "Main street"
        };

    private static SyncedEvent Mirrored(int i)
    {
        var remote = Remote(i, 0);
        return new SyncedEvent
        {
            Id = Id(1, i),
            LinkId = Link.Id,
            Kind = EventKind.External,
            Identity = remote.Identity,
            ItemId = remote.ItemId,
            ChangeKey = remote.ChangeKey,
            Uid = remote.Uid,
            Times = remote.Times,
            Title = remote.Title,
            Location = remote.Location,
            ProjectionVersion = 1,
            Version = 1,
        };
    }

    private static SyncedEvent Copy(Appointment booked, int i) =>
        (SyncedEvent.CopyFor(Id(1, i), Link.Id, booked.Id, Now)
            .AttemptOpened(CreateAttempt.Opened(Id(3, i), Now), booked.Content())
            .WrittenAs(Item(i), "", booked.Content(), Id(3, i)) with
        { PushState = PushState.Confirmed, Version = 1 })
        .ConfirmedAs(Remote(i, 0).ChangeKey, Remote(i, 0).Uid);
}
