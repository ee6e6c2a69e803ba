using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Measuring;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing.Passes;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>
/// Reads one calendar, the first time whole, from then on only what changed. Before it is read whole, and once a day or when an admin asks,
/// the mailbox is opened: it may show another calendar by then, although the former one is still there.
/// </summary>
internal sealed class CalendarPass(
    CalendarCheckup checkup,
    FullPass full,
    IncrementalPass incremental,
    SyncMetrics metrics,
    TimeProvider time)
{
    /// <summary>Returns the calendar that was read: its mailbox may show another one by then.</summary>
    public Task<OpenCalendar> Run(OpenCalendar calendar, StaffCalendarLink link, CancellationToken ct) =>
        metrics.Pass(PlanOf(calendar, link).IsWhole, () => Read(calendar, link, ct));

    private async Task<OpenCalendar> Read(OpenCalendar calendar, StaffCalendarLink link, CancellationToken ct)
    {
        var opened = await Opened(calendar, link, ct);
        var now = calendar.As(opened);
        if (PlanOf(now, opened).IsWhole) await full.Run(now, opened, ct);
        else await incremental.Run(now, opened, ct);
        return now;
    }

    /// <summary>The link with the calendar that its mailbox shows today.</summary>
    public async Task<StaffCalendarLink> Opened(OpenCalendar calendar, StaffCalendarLink link, CancellationToken ct) =>
        PlanOf(calendar, link).OpensMailbox ? await checkup.Open(calendar, link, ct) : link;

    /// <summary>What the next pass must do.</summary>
    public PassPlan PlanOf(OpenCalendar calendar, StaffCalendarLink link) =>
        PassPlan.For(link, calendar.Settings, time.GetUtcNow());
}
