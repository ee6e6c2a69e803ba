using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Domain.Syncing.Passes;

/// <summary>
/// What the next pass of a calendar must do, told by what is stored of its link and by its integration's settings. It is made anew once the
/// mailbox was opened, which may show another calendar.
/// </summary>
/// <param name="OpensMailbox">The mailbox is opened first: it was never, somebody asks, or another day has begun.</param>
/// <param name="IsWhole">The calendar is read from scratch; otherwise what changed since the cursor.</param>
/// <param name="IdsMeanNothing">As <see cref="HasFormerIds"/> says: copies are found by their tags, all else is read anew.</param>
/// <param name="MayWriteFirst">It was read whole, so that nothing is created twice: what waits may go out before it is read again.</param>
public sealed record PassPlan(bool OpensMailbox, bool IsWhole, bool IdsMeanNothing, bool MayWriteFirst)
{
    public static PassPlan For(StaffCalendarLink link, SyncSettings settings, DateTimeOffset now)
    {
        var idsMeanNothing = HasFormerIds(link, settings);
        var isReadWhole = link is { Cursor: not null, CalendarChecked: true };
        return new PassPlan(
            OpensMailbox: !isReadWhole || idsMeanNothing || link.RecheckAskedAt is not null || IsANewDay(link, now),
            IsWhole: link.Cursor is null,
            idsMeanNothing,
            MayWriteFirst: isReadWhole && !idsMeanNothing);
    }

    /// <summary>The stored ids were read at another address, or in another manner of access.</summary>
    public static bool HasFormerIds(StaffCalendarLink link, SyncSettings settings) =>
        link.IdentityVersion != settings.IdentityVersion;

    /// <summary>
    /// Whether the window is read whatever the changes tell: it was asked for, the day has changed, the horizon was moved, or events must
    /// be read under a new projection.
    /// </summary>
    /// <param name="window">That of this pass.</param>
    public static bool ReadsWindow(StaffCalendarLink link, SyncSettings settings, SyncWindow window) =>
        link.WindowReadDue
            || link.WindowReadOn != window.Day
            || (link.WindowStart is { } start && start != window.Start)
            || link.WindowEnd != window.End
            || link.ProjectionVersion != settings.ProjectionVersion;

    private static bool IsANewDay(StaffCalendarLink link, DateTimeOffset now) =>
        link.WindowReadOn is { } last && last != CalendarZone.DayOf(now, CalendarZone.FindOrUtc(link.TimeZone));
}
