using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.Domain.Syncing.Pulls;

namespace CleanSync.Application.Syncing.Pushes;

/// <summary>What a push has to read before it may go on. What it learns is planned and committed by the same rules as in a pass.</summary>
internal sealed class PushReading(
    ICalendarFeed feed,
    CopySearch copies,
    PassCommit commit,
    PushRecord record,
    IStaffCalendarLinkRepository links,
    SyncOptions options,
    TimeProvider time)
{
    private const string MovedOrChanged = "item-moved-or-changed";

    /// <summary>How often a stray is not found before that is believed.</summary>
    private const int TriesToFind = 3;

    /// <summary>
    /// What became of an overdue create attempt: found, it is adopted; deleted meanwhile, its owner meant it; nowhere, it never happened.
    /// </summary>
    public async Task LookUpOutcome(OpenCalendar calendar, SyncedEvent copy, CancellationToken ct)
    {
        var found = await copies.ByTag(calendar, copy, cursorIsUnbroken: false, ct);
        if (found is [RemoteChange.Lost])
            await record.Change(calendar, copy, c => c.AttemptClosed() with { Times = null, Marks = null }, ct);
        else await Apply(calendar, found, ct);
    }

    /// <summary>Whether an item with this copy's tag exists already, although this database does not know it; then it is adopted.</summary>
    public async Task<bool> Adopts(OpenCalendar calendar, SyncedEvent copy, CancellationToken ct)
    {
        var found = await copies.ByTag(calendar, copy with { Times = null }, cursorIsUnbroken: false, ct);
        if (!found.Any(c => c is RemoteChange.Seen)) return false;
        await Apply(calendar, found, ct);
        return true;
    }

    /// <summary>
    /// Somebody changed the item since we saw it, or our own write was stored although the answer said conflict: merge what is there now.
    /// </summary>
    public async Task Merge(OpenCalendar calendar, SyncedEvent copy, CancellationToken ct)
    {
        switch ((await feed.Read(calendar, [copy.ItemId!], ct))[0])
        {
            case ItemReading.Found { Event: var found } when copy.PushTries < 3:
                await record.Change(calendar, copy, c => c with { PushTries = c.PushTries + 1 }, ct);
                await Apply(calendar, [new RemoteChange.Seen(found)], ct);
                break;
            case ItemReading.Missing or ItemReading.UnknownId:
                await FindAgain(calendar, copy, ct);
                break;
            default:
                await Later(calendar, copy, ct);
                break;
        }
    }

    /// <summary>
    /// The stored id is gone: moved back from another folder, deleted by its owner, or for the next pass to find out. A pass that saw no
    /// deletion either (Exchange reports none of an item that was made and removed between two passes) leaves the copy lost.
    /// </summary>
    public async Task FindAgain(OpenCalendar calendar, SyncedEvent copy, CancellationToken ct)
    {
        var found = await copies.ByTag(calendar, copy, cursorIsUnbroken: false, ct);
        if (found is [RemoteChange.Lost] && !await APassHasLookedSince(copy, ct)) await Later(calendar, copy, ct);
        else await Apply(calendar, found, ct);
    }

    /// <summary>
    /// The items to delete, as they are now: what exists and carries our tag; none when there is nothing of ours to delete. One that
    /// Exchange cannot give, or whose tag it holds back, may be ours: it is tried again later. What was moved away and back lies under
    /// another id, of whichever attempt it is. A stray that is not found is tried again, because one such answer proves nothing; then it is
    /// forgotten, and the window shows it again if it is still there.
    /// </summary>
    public async Task<IReadOnlyList<RemoteEvent>> StillOurs(OpenCalendar calendar, SyncedEvent copy, CancellationToken ct)
    {
        var reading = (await feed.Read(calendar, [copy.ItemId!], ct))[0];
        if (reading is ItemReading.Unreadable { ExchangeCode: var code }) throw CalendarFailure.OfItem(calendar.MailboxAddress, code);
        if (reading is ItemReading.Found { Event.IsWithheld: true }) throw CalendarFailure.OfWithheldItem(calendar.MailboxAddress);
        if (reading is ItemReading.Missing or ItemReading.UnknownId && copy.Kind is EventKind.Copy)
            return await UnderOtherIds(calendar, copy, ct);
        if (reading is ItemReading.UnknownId or ItemReading.Missing { IsElsewhere: false } && copy.PushTries < TriesToFind)
            throw CalendarFailure.OfVanishedItem(calendar.MailboxAddress);
        if (reading is not ItemReading.Found { Event: { Tag: { } tag } found }) return [];
        var ours = copy.Kind is EventKind.Stray
            ? tag.AttemptId == copy.ItemAttempt
            : tag.EventId == copy.Id && !copy.IsPaste(tag.AttemptId, found.Uid);
        return ours ? [found] : [];
    }

    /// <summary>
    /// Of a series that Outlook made of an appointment: the occurrence at the appointment's own time, which is the appointment; null when
    /// there is none.
    /// </summary>
    public async Task<RemoteEvent?> OwnOccurrence(OpenCalendar calendar, RemoteEvent series, Appointment? appointment, CancellationToken ct)
    {
        if (appointment is null || series.Uid is null) return null;
        var around = await feed.Window(calendar, appointment.Times.Start, appointment.Times.End, ct);
        return around.Events.FirstOrDefault(e => e.IsOccurrence && e.Uid == series.Uid && e.Times.SameSpan(appointment.Times));
    }

    private async Task<IReadOnlyList<RemoteEvent>> UnderOtherIds(
        OpenCalendar calendar, SyncedEvent copy, CancellationToken ct)
    {
        var found = await copies.ByTag(calendar, copy, cursorIsUnbroken: false, ct);
        return [.. found.OfType<RemoteChange.Seen>().Select(s => s.Event).Where(e => copy.IsSurelyOurs(e.Tag!.AttemptId, e.Uid))];
    }

    private Task<bool> Later(OpenCalendar calendar, SyncedEvent copy, CancellationToken ct) =>
        record.Change(
            calendar,
            copy,
            c => c.PushFailed(
                new Reason(MovedOrChanged, "The item moved or changed; the next pass decides."),
                time.GetUtcNow() + options.PollInterval),
            ct);

    private async Task<bool> APassHasLookedSince(SyncedEvent copy, CancellationToken ct) =>
        copy is { PushFailure.Code: MovedOrChanged, NextPushAt: { } next }
        && (await links.Find(copy.LinkId, ct))?.LastSyncedAt > next - options.PollInterval;

    private async Task Apply(OpenCalendar calendar, IReadOnlyList<RemoteChange> changes, CancellationToken ct)
    {
        var window = SyncWindow.At(time.GetUtcNow(), calendar.Settings.HorizonMonths, CalendarZone.FindOrUtc(calendar.TimeZone));
        await commit.Apply(calendar, new PassObservation { Window = window, Found = changes }, ct);
    }
}
