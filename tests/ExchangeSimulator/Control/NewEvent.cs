using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;

namespace CleanSync.ExchangeSimulator.Control;

/// <summary>The JSON of a new event or series: pattern is daily, weekly, monthly or yearly.</summary>
internal sealed record NewEvent(string Subject, DateTimeOffset Start, DateTimeOffset End)
{
    public string? TimeZoneId { get; init; }
    public bool IsAllDay { get; init; }
    public Sensitivity Sensitivity { get; init; }
    public FreeBusy FreeBusy { get; init; } = FreeBusy.Busy;
    public string? Location { get; init; }
    public string? Organizer { get; init; }
    public string? Repeats { get; init; }
    public int Interval { get; init; } = 1;
    public IReadOnlyList<DayOfWeek>? Days { get; init; }
    public int? Occurrences { get; init; }
    public DateOnly? Until { get; init; }

    public EventDraft Draft() => new(Subject, Start, End)
    {
        TimeZoneId = TimeZoneId,
        IsAllDay = IsAllDay,
        Sensitivity = Sensitivity,
        FreeBusy = FreeBusy,
        Location = Location,
        Organizer = Organizer,
    };

    public RecurrencePattern Pattern() => (Repeats ?? "weekly") switch
    {
        "daily" => new DailyPattern(Interval),
        "weekly" => new WeeklyPattern(Interval, [.. Days ?? [Start.DayOfWeek]]),
        "monthly" => new MonthlyPattern(Interval, Start.Day),
        "yearly" => new YearlyPattern(Start.Day, Start.Month),
        var other => throw new ArgumentException($"A series repeats daily, weekly, monthly or yearly, not {other}."),
    };
}
