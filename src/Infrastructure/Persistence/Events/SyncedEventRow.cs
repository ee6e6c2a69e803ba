using CleanSync.Domain;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Infrastructure.Persistence.Events;

/// <summary>A row of synced_events, between Dapper and the aggregate.</summary>
internal sealed record SyncedEventRow
{
    public Guid Id { get; init; }
    public Guid LinkId { get; init; }
    public string Kind { get; init; } = "";
    public string Identity { get; init; } = "";
    public Guid? AppointmentId { get; init; }
    public string? ItemId { get; init; }
    public string? ChangeKey { get; init; }
    public string? Uid { get; init; }
    public DateTimeOffset? OriginalStart { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
    public string? TimeZone { get; init; }
    public DateOnly? FirstDay { get; init; }
    public DateOnly? EndDay { get; init; }
    public string? Title { get; init; }
    public string? Location { get; init; }
    public string FreeBusy { get; init; } = "";
    public bool IsPrivate { get; init; }
    public string MyResponse { get; init; } = "";
    public int ProjectionVersion { get; init; }
    public string? TitleMark { get; init; }
    public string? LocationMark { get; init; }
    public string? NotesMark { get; init; }
    public string PushState { get; init; } = "";
    public int Attempts { get; init; }
    public Guid? ItemAttempt { get; init; }
    public int PushTries { get; init; }
    public DateTimeOffset? NextPushAt { get; init; }
    public string? PushFailureCode { get; init; }
    public string? PushFailureReason { get; init; }
    public string? PushFailureServerCode { get; init; }
    public bool RemovalStaged { get; init; }
    public string? RemovalHold { get; init; }
    public string? UnreadableCode { get; init; }
    public string? UnreadableKey { get; init; }
    public int Differs { get; init; }
    public bool BecameSeries { get; init; }
    public bool TakenAway { get; init; }
    public int TimesRevision { get; init; }
    public string? LeftSeries { get; init; }
    public string? StandInZone { get; init; }
    public int Version { get; init; }

    public static SyncedEventRow Of(SyncedEvent e) => new()
    {
        Id = e.Id,
        LinkId = e.LinkId,
        Kind = e.Kind.ToString(),
        Identity = e.Identity,
        AppointmentId = e.AppointmentId,
        ItemId = e.ItemId,
        ChangeKey = e.ChangeKey,
        Uid = e.Uid,
        OriginalStart = e.OriginalStart,
        StartsAt = e.Times?.Start,
        EndsAt = e.Times?.End,
        TimeZone = e.Times?.TimeZone,
        FirstDay = e.Times?.FirstDay,
        EndDay = e.Times?.EndDay,
        Title = e.Title,
        Location = e.Location,
        FreeBusy = e.FreeBusy.ToString(),
        IsPrivate = e.IsPrivate,
        MyResponse = e.MyResponse.ToString(),
        ProjectionVersion = e.ProjectionVersion,
        TitleMark = e.Marks?.Title,
        LocationMark = e.Marks?.Location,
        NotesMark = e.Marks?.Notes,
        PushState = e.PushState.ToString(),
        Attempts = e.Attempts.Count,
        ItemAttempt = e.ItemAttempt,
        PushTries = e.PushTries,
        NextPushAt = e.NextPushAt,
        PushFailureCode = e.PushFailure?.Code,
        PushFailureReason = e.PushFailure?.Text,
        PushFailureServerCode = e.PushFailure?.ServerCode,
        RemovalStaged = e.RemovalStaged,
        RemovalHold = e.Hold?.ToString(),
        UnreadableCode = e.Unreadable?.Code,
        UnreadableKey = e.Unreadable?.ChangeKey,
        Differs = (int)e.Differs,
        BecameSeries = e.BecameSeries,
        TakenAway = e.TakenAway,
        TimesRevision = e.TimesRevision,
        LeftSeries = e.LeftSeries,
        StandInZone = e.StandInZone,
        Version = e.Version,
    };

    /// <param name="attempts">Its own, oldest first.</param>
    public SyncedEvent ToEvent(IEnumerable<CreateAttemptRow> attempts) => new()
    {
        Id = Id,
        LinkId = LinkId,
        Kind = Enum.Parse<EventKind>(Kind),
        Identity = Identity,
        AppointmentId = AppointmentId,
        ItemId = ItemId,
        ChangeKey = ChangeKey,
        Uid = Uid,
        OriginalStart = OriginalStart,
        Times = StoredTimes.OrNull(StartsAt, EndsAt, TimeZone, FirstDay, EndDay),
        Title = Title,
        Location = Location,
        FreeBusy = Enum.Parse<FreeBusy>(FreeBusy),
        IsPrivate = IsPrivate,
        MyResponse = Enum.Parse<MeetingResponse>(MyResponse),
        ProjectionVersion = ProjectionVersion,
        Marks = TitleMark is null ? null : new ContentMarks(TitleMark, LocationMark!, NotesMark!),
        PushState = Enum.Parse<PushState>(PushState),
        Attempts = Attempts == 0 ? [] : [.. attempts.Select(a => a.ToAttempt())],
        ItemAttempt = ItemAttempt,
        PushTries = PushTries,
        NextPushAt = NextPushAt,
        PushFailure = PushFailureCode is null ? null : new Reason(PushFailureCode, PushFailureReason!, PushFailureServerCode),
        RemovalStaged = RemovalStaged,
        Hold = RemovalHold is null ? null : Enum.Parse<RemovalHold>(RemovalHold),
        Unreadable = UnreadableCode is null ? null : new UnreadableItem(UnreadableCode, UnreadableKey),
        Differs = (CopyDifferences)Differs,
        BecameSeries = BecameSeries,
        TakenAway = TakenAway,
        TimesRevision = TimesRevision,
        LeftSeries = LeftSeries,
        StandInZone = StandInZone,
        Version = Version,
    };
}
