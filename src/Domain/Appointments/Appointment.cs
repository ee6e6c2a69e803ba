using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Domain.Appointments;

/// <summary>A booking of one or several staff members.</summary>
public sealed record Appointment
{
    public const int MaxTitleLength = 255;

    /// <summary>What stands for a title that told who the client was.</summary>
    public const string ErasedTitle = "Appointment";

    public required Guid Id { get; init; }

    /// <summary>The service that was booked; at most 255 characters, because Exchange's views cut there.</summary>
    public required string Title { get; init; }

    public required EventTimes Times { get; init; }

    /// <summary>
    /// Raised by each change of the times that the booking product makes, and by nothing that people do in Outlook: whose will counts where
    /// both sides changed something, and since when.
    /// </summary>
    public int TimesRevision { get; init; } = 1;

    public string? Location { get; init; }

    public string? Notes { get; init; }

    public Client? Client { get; init; }

    /// <summary>The booking product's ids of the staff who take it; empty only after the last one was removed.</summary>
    public required IReadOnlyList<string> StaffIds { get; init; }

    public AppointmentStatus Status { get; init; } = AppointmentStatus.Booked;

    /// <summary>When the client's data were erased; null as a rule. From then on nothing but a cancellation changes it.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Version of the stored row; 0 before the first save.</summary>
    public int Version { get; init; }

    public bool IsBooked => Status is AppointmentStatus.Booked;

    /// <summary>It is booked and not over yet.</summary>
    public bool IsToCome(DateTimeOffset now) => IsBooked && Times.End > now;

    public bool Wants(string staffId) => IsBooked && StaffIds.Contains(staffId, StringComparer.Ordinal);

    public Result<Appointment> MovedTo(EventTimes times)
    {
        if (WhyFixed is { } refusal) return refusal;
        if (times.End <= times.Start) return new EndIsNotAfterStart();
        return this with { Times = times, TimesRevision = times.SameSpan(Times) ? TimesRevision : TimesRevision + 1 };
    }

    /// <summary>The booking product says what it is about.</summary>
    public Result<Appointment> Described(string title, string? location, string? notes, Client? client)
    {
        if (WhyFixed is { } refusal) return refusal;
        var described = this with { Title = title, Location = location, Notes = notes, Client = client };
        return described == this ? this : described;
    }

    /// <summary>The booking product says who takes it.</summary>
    public Result<Appointment> TakenBy(IReadOnlyList<string> staffIds)
    {
        if (WhyFixed is { } refusal) return refusal;
        return StaffIds.ToHashSet(StringComparer.Ordinal).SetEquals(staffIds) ? this : this with { StaffIds = [.. staffIds] };
    }

    /// <summary>For good: also of what staff had cancelled in Outlook, so that restoring a copy there does not book it again.</summary>
    public Appointment Cancelled() => Status is AppointmentStatus.Cancelled ? this : this with { Status = AppointmentStatus.Cancelled };

    /// <summary>Its staff member is erased: somebody else takes it, or nobody, and then it is cancelled.</summary>
    public Result<Appointment> LeftBy(string staffId)
    {
        var left = StaffIds.Where(id => id != staffId).ToArray();
        return left.Length == 0 || !IsBooked ? Cancelled() : this with { StaffIds = left };
    }

    /// <summary>Client and notes go, and so do a title and a location that tell who the client was. Times and staff stay.</summary>
    public Appointment WithoutClient(DateTimeOffset now) => this with
    {
        Title = Client is not null && ClientTraces.AreIn(Title, Client) ? ErasedTitle : Title,
        Location = Client is not null && Location is not null && ClientTraces.AreIn(Location, Client) ? null : Location,
        Notes = null,
        Client = null,
        ErasedAt = ErasedAt ?? now,
    };

    /// <summary>
    /// A staff member moved their copy in Outlook. The appointment keeps its own zone, so that its wall-clock times stay what its client
    /// was told.
    /// </summary>
    public Appointment MovedInExchange(EventTimes times) => this with
    {
        Times = times.IsAllDay ? times : EventTimes.Timed(times.Start, times.End, Times.TimeZone),
    };

    /// <summary>A staff member deleted their copy in Outlook; the last one cancels the appointment.</summary>
    public Appointment DeletedInExchangeBy(string staffId)
    {
        var left = StaffIds.Where(id => id != staffId).ToArray();
        return this with { StaffIds = left, Status = left.Length == 0 && IsBooked ? AppointmentStatus.CancelledInExchange : Status };
    }

    /// <summary>A staff member restored their copy in Outlook: what Outlook cancelled is booked again.</summary>
    public Appointment RestoredInExchangeBy(string staffId) => Status is AppointmentStatus.Cancelled
        ? this
        : this with { StaffIds = [.. StaffIds.Where(id => id != staffId), staffId], Status = AppointmentStatus.Booked };

    /// <summary>
    /// Somebody in the booking product takes back that a staff member was removed, or the appointment cancelled, by a deletion in Outlook.
    /// </summary>
    public Result<Appointment> RestoredFor(string staffId)
    {
        if (Status is AppointmentStatus.Cancelled) return new AppointmentIsCancelled(Id);
        if (ErasedAt is not null) return new AppointmentIsErased(Id);
        return Wants(staffId) ? this : RestoredInExchangeBy(staffId);
    }

    /// <summary>Why the booking product may not change it; null as a rule.</summary>
    private Error? WhyFixed => !IsBooked ? new AppointmentIsCancelled(Id) : ErasedAt is not null ? new AppointmentIsErased(Id) : null;

    /// <summary>Never the texts: client details must not reach a log by way of a record.</summary>
    public override string ToString() => $"appointment {Id} at {Times.Start:u}, {Status}";

    /// <summary>What a staff member reads in Outlook.</summary>
    public CopyContent Content()
    {
        string?[] lines =
        [
            Notes,
            string.IsNullOrEmpty(Notes) || Client is null ? null : "",
            Client is null ? null : $"Client: {Client.Name}",
            Client?.Phone is { Length: > 0 } phone ? $"Phone: {phone}" : null,
            Client?.Email is { Length: > 0 } email ? $"E-mail: {email}" : null,
        ];
        return new CopyContent(Times, TimesRevision, Title, Location ?? "", string.Join('\n', lines.Where(line => line is not null)));
    }
}
