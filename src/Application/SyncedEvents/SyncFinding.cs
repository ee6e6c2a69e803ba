using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Application.SyncedEvents;

/// <summary>Why one thing is not synced, or that it is.</summary>
/// <param name="Synced">It is the same on both sides.</param>
/// <param name="Rule">The id of the rule that holds, from GET /api/v1/sync-rules; null when it is synced.</param>
/// <param name="Words">The same in words.</param>
/// <param name="WhatToDo">What to do if it should be synced; null when it is.</param>
/// <param name="ItemId">Exchange's id of the item; null when it has none.</param>
/// <param name="EventId">The event in CleanSync; null when none is stored.</param>
/// <param name="AppointmentId">The appointment that it is a copy of; null for what staff made.</param>
/// <param name="Title">"Busy" where the title may not be shown.</param>
/// <param name="Code">Exchange's code where it refused something.</param>
public sealed record SyncFinding(
    bool Synced,
    string? Rule,
    string Words,
    string? WhatToDo,
    string? ItemId,
    Guid? EventId,
    Guid? AppointmentId,
    string? Title,
    DateTimeOffset? Start,
    DateTimeOffset? End,
    string? Code)
{
    internal static SyncFinding Of(ExplainedItem item, bool showTitles)
    {
        var row = item.Verdict.Row;
        var rule = item.Verdict.LeftOutBy ?? (row is null ? SyncRules.NotReadYet : LinkRules.HoldsUp(row));
        var times = item.Event?.Times ?? row?.Times;
        return Of(rule, row) with
        {
            ItemId = item.ItemId,
            Title = item.Event is { } seen && seen.MayBeShown(showTitles) ? seen.Title : "Busy",
            Start = times?.Start,
            End = times?.End,
        };
    }

    internal static SyncFinding Of(Appointment appointment, string staffId, SyncedEvent? copy) =>
        Of(LinkRules.HoldsUp(appointment, staffId, copy), copy) with
        {
            AppointmentId = appointment.Id,
            Title = appointment.Title,
            Start = appointment.Times.Start,
            End = appointment.Times.End,
        };

    internal static SyncFinding Of(SyncRule? rule, SyncedEvent? row) => new(
        rule is null, rule?.Id, rule?.Meaning ?? $"It is synced: event {row?.Id}.",
        rule == SyncRules.PushFailed && row?.PushFailure is { Text: var reason }
            ? reason
            : rule?.WhatToDo, row?.ItemId, row?.Id, row?.AppointmentId, null, null, null,
        row?.PushFailure?.MostExactCode ?? row?.Unreadable?.Code);
}
