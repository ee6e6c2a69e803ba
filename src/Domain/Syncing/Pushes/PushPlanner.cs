using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Domain.Syncing.Pushes;

/// <summary>Decides what one copy needs next in Exchange. Pure.</summary>
public static class PushPlanner
{
    /// <summary>How long after an attempt's deadline its item may still appear.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromMinutes(1);

    public static PushStep Decide(
        SyncedEvent copy,
        Appointment? appointment,
        string staffId,
        DateTimeOffset now,
        TimeSpan grace)
    {
        if (copy.OpenAttempt is { } open)
        {
            var due = open.Deadline!.Value + grace;
            return due <= now ? new PushStep.LookUpOutcome(open.Id) : new PushStep.Wait(due);
        }

        var wanted = copy.Kind is EventKind.Copy
            && copy.PushState is not (PushState.Withdrawing or PushState.Gone)
            && appointment?.Wants(staffId) == true;
        if (!wanted) return copy.ItemId is null ? new PushStep.Finish() : new PushStep.Delete();
        if (copy.ItemId is null) return new PushStep.Create();
        return copy.BecameSeries ? new PushStep.Nothing() : Difference(copy, appointment!.Content());
    }

    private static PushStep Difference(SyncedEvent copy, CopyContent content)
    {
        var marks = ContentMarks.Of(content);
        var update = new PushStep.Update(
            copy.Times is null || !copy.Times.SameSpan(content.Times),
            copy.Marks?.Title != marks.Title,
            copy.Marks?.Location != marks.Location,
            copy.Marks?.Notes != marks.Notes);
        return update is { Times: false, Title: false, Location: false, Notes: false } ? new PushStep.Nothing() : update;
    }
}
