using CleanSync.Application.SyncedEvents;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Api.SyncedEvents;

/// <summary>A staff member's calendar in answers, and why something is not in it.</summary>
internal static class CalendarExamples
{
    private const string Zone = "Europe/Berlin";

    private static readonly DateTimeOffset Morning = new(2026, 12, 7, 8, 0, 0, TimeSpan.Zero);

    public static CalendarEntry Meeting { get; } = new(
        CalendarEntryKind.ExchangeEvent, new Guid("0199d2c5-2f40-7d11-a0b4-3c2d1e0f9a55"), "Team meeting", Morning.AddHours(2), Morning
            .AddHours(3), IsAllDay: false, null, null, Zone,
        "Room 3", "Busy", IsPrivate: false, SyncState: null, MeetingResponse.NotResponded);

    public static StaffCalendarView Calendar { get; } = new(
        "anna", Zone, Morning, 4.2, Morning.AddMonths(12), AccountState.Syncing, Problem: null,
        [
            new(
                CalendarEntryKind.Appointment, new Guid("0199d2c5-11aa-7c3d-8e2f-5a6b7c8d9e01"), "Haircut", Morning.AddMinutes(30), Morning
                    .AddMinutes(75), IsAllDay: false, null, null, Zone,
                "Main street 1, chair 3", "Busy", IsPrivate: false, "Confirmed", MeetingResponse.None),
            Meeting,
        ]);

    public static MeetingAnswerView Answered { get; } =
        new(MeetingResponse.Accepted, Meeting with { MyResponse = MeetingResponse.Accepted });

    public static SyncExplanation Why { get; } = new("anna", HeldUpBy: null,
    [
        new(
            Synced: false,
            SyncRules.FreeBusyFree.Id,
            SyncRules.FreeBusyFree.Meaning,
            SyncRules.FreeBusyFree.WhatToDo,
            "AAMkADY0NzE",
            null,
            null,
            "Lunch",
            Morning.AddHours(4), Morning.AddHours(5), Code: null),
    ]);

    public static SyncRuleList Rules { get; } = new([SyncRules.FreeBusyFree, SyncRules.Queued, NextCalls.With(SyncRules.LinkDisabled)]);
}
