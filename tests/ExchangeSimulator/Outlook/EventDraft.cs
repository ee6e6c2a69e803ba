using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Outlook;

/// <summary>What a person types into a new event; without a zone it is the mailbox's own.</summary>
public sealed record EventDraft(string Subject, DateTimeOffset Start, DateTimeOffset End)
{
    public string? TimeZoneId { get; init; }
    public bool IsAllDay { get; init; }
    public Sensitivity Sensitivity { get; init; }
    public FreeBusy FreeBusy { get; init; } = FreeBusy.Busy;
    public string? Location { get; init; }

    /// <summary>
    /// The organiser of a meeting that the person was invited to; null for an event of one's own. An invitation is entered without an
    /// answer, and as Tentative where the organiser says Busy.
    /// </summary>
    public string? Organizer { get; init; }
}

/// <summary>What a person changes in an event; null leaves a field as it is.</summary>
public sealed record EventEdit
{
    public string? Subject { get; init; }
    public DateTimeOffset? Start { get; init; }
    public DateTimeOffset? End { get; init; }
    public bool? IsAllDay { get; init; }
    public Sensitivity? Sensitivity { get; init; }
    public FreeBusy? FreeBusy { get; init; }
    public string? Location { get; init; }

    /// <summary>The person's answer to a meeting, which stays where it is: Accept, Tentative, Decline or NoResponseReceived.</summary>
    public string? MyResponse { get; init; }

    internal EventFields Apply(EventFields fields) => fields with
    {
        Subject = Subject ?? fields.Subject,
        Start = Start?.ToUniversalTime() ?? fields.Start,
        End = End?.ToUniversalTime() ?? (Start is { } start ? start.ToUniversalTime() + (fields.End - fields.Start) : fields.End),
        IsAllDay = IsAllDay ?? fields.IsAllDay,
        Sensitivity = Sensitivity ?? fields.Sensitivity,
        FreeBusy = FreeBusy ?? fields.FreeBusy,
        Location = Location ?? fields.Location,
        MyResponse = MyResponse ?? fields.MyResponse,
    };
}
