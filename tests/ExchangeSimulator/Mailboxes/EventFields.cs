using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CleanSync.ExchangeSimulator.Mailboxes;

public enum Sensitivity { Normal, Personal, Private, Confidential }

public enum FreeBusy { Free, Tentative, Busy, OOF, WorkingElsewhere, NoData }

[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "Exchange's own word.")]
public enum CalendarItemType { Single, Occurrence, Exception, RecurringMaster }

/// <summary>An attendee or organiser.</summary>
public sealed record Participant(string Name, string Address, string Response = "Unknown");

/// <summary>What a calendar item says, as one immutable value; times are instants, the zones stand beside them.</summary>
public sealed record EventFields
{
    public string ItemClass { get; init; } = "IPM.Appointment";
    public string Subject { get; init; } = "";
    public Sensitivity Sensitivity { get; init; }
    public string? Body { get; init; }
    public string BodyType { get; init; } = "Text";
    public ImmutableArray<string> Categories { get; init; } = [];
    public string Importance { get; init; } = "Normal";
    public bool ReminderIsSet { get; init; } = true;
    public int ReminderMinutesBeforeStart { get; init; } = 15;
    public DateTimeOffset Start { get; init; }
    public DateTimeOffset End { get; init; }
    public CalendarZone StartZone { get; init; } = CalendarZone.Utc;
    public CalendarZone EndZone { get; init; } = CalendarZone.Utc;
    public bool IsAllDay { get; init; }
    public FreeBusy FreeBusy { get; init; } = FreeBusy.Busy;
    public string? Location { get; init; }
    public bool IsCancelled { get; init; }
    public string MyResponse { get; init; } = "Organizer";
    public Participant? Organizer { get; init; }
    public ImmutableArray<Participant> RequiredAttendees { get; init; } = [];
    public ImmutableArray<Participant> OptionalAttendees { get; init; } = [];
    public ImmutableArray<Participant> Resources { get; init; } = [];
    public ImmutableDictionary<ExtendedProperty, ImmutableArray<string>> Extended { get; init; } =
        ImmutableDictionary<ExtendedProperty, ImmutableArray<string>>.Empty;

    public bool IsMeeting => Organizer is not null || !RequiredAttendees.IsEmpty || !OptionalAttendees.IsEmpty || !Resources.IsEmpty;

    /// <summary>All-day events lie on day boundaries of their creation zone: Start goes down, End goes up.</summary>
    internal EventFields Aligned()
    {
        if (!IsAllDay) return this;
        var first = DateOnly.FromDateTime(StartZone.Local(Start).DateTime);
        var start = StartZone.StartOfDay(first);
        var last = DateOnly.FromDateTime(EndZone.Local(End).DateTime);
        if (EndZone.StartOfDay(last) < End) last = last.AddDays(1);
        if (EndZone.StartOfDay(last) <= start) last = last.AddDays(1);
        return this with { Start = start, End = EndZone.StartOfDay(last) };
    }

    /// <summary>The value of a string property of one's own property set, for asserts.</summary>
    public string? ExtendedText(string propertySetId, string name) =>
        Extended.TryGetValue(ExtendedProperty.Named(propertySetId, name), out var values) && !values.IsEmpty ? values[0] : null;
}
