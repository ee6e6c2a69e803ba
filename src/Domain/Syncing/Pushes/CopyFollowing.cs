using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Domain.Syncing.Pushes;

/// <summary>What an appointment's change means for a copy of it.</summary>
public static class CopyFollowing
{
    /// <summary>
    /// Written or withdrawn with the appointment. One that its owner deleted when it was past, which removed nobody, is written again for
    /// another, coming time; whom the appointment no longer wants, the push finds out.
    /// </summary>
    public static SyncedEvent After(this SyncedEvent copy, Appointment before, Appointment now, DateTimeOffset at)
    {
        if (copy.PushState is PushState.Written or PushState.Confirmed && now.IsBooked && now.Content() == before.Content()) return copy;
        if (copy.PushState is not PushState.Gone) return now.IsBooked ? copy.Queued(at) : copy.Withdrawn(at);
        var isMovedAhead = now.IsBooked && now.Times.End > at && !now.Times.SameSpan(before.Times);
        return isMovedAhead && !copy.TakenAway ? copy.ToCreateAgain(at) : copy;
    }

    /// <summary>
    /// What the booking product's change of an appointment means for all its copies: they follow, whoever was left out loses theirs, and
    /// each linked staff member who is new gets one. An item that is being removed while its staff member comes back is removed all the
    /// same, and the copy is written anew: the removal may be on its way.
    /// </summary>
    /// <param name="staff">The staff member of each link that has a copy, or is to have one.</param>
    public static IReadOnlyList<SyncedEvent> Follow(
        this IReadOnlyCollection<SyncedEvent> copies,
        Appointment before,
        Appointment now,
        IReadOnlyDictionary<Guid, string> staff,
        DateTimeOffset at,
        Func<Guid> newId)
    {
        var followed = new List<SyncedEvent>();
        foreach (var copy in copies)
        {
            var member = staff.GetValueOrDefault(copy.LinkId);
            var (wanted, wants) = (member is not null && before.Wants(member), member is not null && now.Wants(member));
            if (wanted && !wants) followed.Add(copy.Withdrawn(at));
            else if (!wanted && wants) followed.AddRange(Back(copy, at, newId));
            else if (!wants && copy.PushState is PushState.Gone && IsRestaffed(before, now)) followed.Add(copy with { TakenAway = true });
            else followed.Add(copy.After(before, now, at));
        }

        var lacking = staff.Where(s => now.Wants(s.Value) && !before.Wants(s.Value))
            .Select(s => s.Key)
            .Except(copies.Select(c => c.LinkId));
        return [.. followed, .. lacking.Select(link => SyncedEvent.CopyFor(newId(), link, now.Id, at))];
    }

    /// <summary>The booking product said anew who takes it: whom it left out does not come back by a restored item.</summary>
    private static bool IsRestaffed(Appointment before, Appointment now) =>
        !before.StaffIds.ToHashSet(StringComparer.Ordinal).SetEquals(now.StaffIds);

    /// <summary>
    /// The staff member's calendar is synced again after its copies were removed: what is still to come is written anew, and what is past
    /// when it moves ahead.
    /// </summary>
    public static IReadOnlyList<SyncedEvent> BackInCalendar(
        this IEnumerable<SyncedEvent> copies,
        IReadOnlyCollection<Appointment> appointments,
        string staffId,
        DateTimeOffset at,
        Func<Guid> newId)
    {
        var wanted = appointments.Where(a => a.Wants(staffId)).ToDictionary(a => a.Id);
        return [.. copies.Where(c => c.PushState is PushState.Gone or PushState.Withdrawing && wanted.ContainsKey(c.AppointmentId!.Value))
            .SelectMany(c => c.PushState is PushState.Gone
                && wanted[c.AppointmentId!.Value].Times.End <= at ? [c with { TakenAway = false }] : Back(c, at, newId))];
    }

    private static IEnumerable<SyncedEvent> Back(SyncedEvent copy, DateTimeOffset at, Func<Guid> newId)
    {
        if (copy.OpenAttempt is not null)
            return [copy with { PushState = PushState.Queued, NextPushAt = at, PushTries = 0, PushFailure = null, TakenAway = false }];
        if (copy.PushState is not (PushState.Gone or PushState.Withdrawing)) return [copy.Queued(at)];
        if (copy is not { PushState: PushState.Withdrawing, ItemId: { } item }) return [copy.ToCreateAgain(at)];
        return [copy.ToCreateAgain(at), SyncedEvent.StrayOf(newId(), copy.LinkId, item, copy.ChangeKey, copy.ItemAttempt, at)];
    }
}
