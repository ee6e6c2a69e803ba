using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.StorageTests.Databases;

namespace CleanSync.UnitTests.Syncing;

/// <summary>A calendar in Exchange with one meeting in it, which takes answers or goes wrong as a test says.</summary>
internal sealed class MeetingCalendar : ICalendarFeed, IMeetingReplies
{
    public const string Series = "series";

    public RemoteEvent? Meeting { get; set; } = new()
    {
        ItemId = "meeting",
        ChangeKey = "k1",
        Times = EventTimes.Timed(TemporaryDatabase.Now.AddHours(1), TemporaryDatabase.Now.AddHours(2), "Europe/Berlin"),
        FreeBusy = FreeBusy.Tentative,
        MyResponse = MeetingResponse.NotResponded,
    };

    /// <summary>Every response that reached Exchange: which item, under which key, and what.</summary>
    public List<(string ItemId, string ChangeKey, MeetingReply Reply)> Sent { get; } = [];

    /// <summary>Runs before each response: what happens in Exchange just then.</summary>
    public Action OnSend { get; set; } = () => { };

    /// <summary>Runs after each response: the answer may be lost on its way.</summary>
    public Action OnAnswer { get; set; } = () => { };

    /// <summary>The id that an accepted meeting gets.</summary>
    public string? NewId { get; set; }

    /// <summary>Passes that began.</summary>
    public int Passes { get; private set; }

    public static CalendarFailure Lost() =>
        new(FailureReach.Passing, new ExchangeIsUnreachable("mail.contoso.example", "no answer came in time"), outcome: CallOutcome.Unknown);

    public Task<ReplyOutcome> Send(OpenCalendar access, RemoteEvent meeting, MeetingReply reply, CancellationToken ct)
    {
        Sent.Add((meeting.ItemId, meeting.ChangeKey, reply));
        OnSend();
        if (Meeting is null || Meeting.ChangeKey != meeting.ChangeKey)
            return Task.FromResult<ReplyOutcome>(new ReplyOutcome.ChangedMeanwhile());
        Meeting = reply is MeetingReply.Decline
            ? null
            : Meeting with { ItemId = NewId ?? Meeting.ItemId, ChangeKey = Meeting.ChangeKey + "+", MyResponse = reply.Meaning() };
        OnAnswer();
        return Task.FromResult<ReplyOutcome>(new ReplyOutcome.Sent(Meeting?.ItemId));
    }

    public Task<IReadOnlyList<ItemReading>> Read(OpenCalendar access, IReadOnlyList<string> itemIds, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ItemReading>>([.. itemIds.Select(id => Meeting is { } found
            && found.ItemId == id ? new ItemReading.Found(found) : (ItemReading)new ItemReading.Missing())]);

    public Task<ItemReading> ReadSeries(OpenCalendar access, string occurrenceId, CancellationToken ct) => Task.FromResult<ItemReading>(
        Meeting is null
            ? new ItemReading.Missing()
            : new ItemReading.Found(Meeting with { ItemId = Series, Type = RemoteItemType.SeriesMaster }));

    public Task<WindowView> Window(OpenCalendar access, DateTimeOffset start, DateTimeOffset end, CancellationToken ct) =>
        Task.FromResult(new WindowView(Meeting is null ? [] : [Meeting]));

    public Task<ChangePage> Changes(OpenCalendar access, SyncCursor? cursor, CancellationToken ct)
    {
        Passes++;
        return Task.FromResult(new ChangePage([], new SyncCursor("next"), IsLast: true));
    }

    public Task<IReadOnlyList<RemoteEvent>> FindCopies(OpenCalendar access, Guid eventId, EventTimes? sentTimes, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<RemoteEvent>>([]);

    public Task<IReadOnlyList<RemoteEvent>> FindDeletedCopies(OpenCalendar access, Guid eventId, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<RemoteEvent>>([]);
}
