namespace CleanSync.Application.Syncing.Notifications;

/// <summary>Tells the other nodes how this one hears its calendars, and learns from them how they hear theirs.</summary>
internal sealed class NotificationExchange(NotificationBoard board, INotificationNews news)
{
    private Dictionary<Guid, HeardCalendar> told = [];

    public async Task Run(CancellationToken ct)
    {
        var heard = board.Heard().ToDictionary(h => h.LinkId);
        await news.Tell([.. heard.Values.Where(h => told.GetValueOrDefault(h.LinkId) != h)], ct);
        await news.Forget([.. told.Keys.Where(id => !heard.ContainsKey(id))], ct);
        told = heard;
        board.Learn(await news.OfOthers(ct));
    }
}
