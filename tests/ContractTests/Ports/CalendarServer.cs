using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using Xunit;

namespace CleanSync.ContractTests.Ports;

/// <summary>
/// A calendar server with one mailbox, as the ports reach it. The contract suites run on it, whichever server it is; what they write into
/// the mailbox is deleted at the end.
/// </summary>
public abstract class CalendarServer : IAsyncLifetime
{
    private readonly List<WrittenItem> written = [];

    /// <summary>Far enough ahead for every mailbox to be empty there of what the suites write; whole days of UTC.</summary>
    public static DateTimeOffset Day { get; } = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(40), TimeSpan.Zero);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Stored with its password.</summary>
    public abstract ExchangeIntegration Integration { get; }

    public ServerConnection Server => Integration.Server;

    public abstract string Password { get; }

    /// <summary>The mailbox's calendar, once it was checked.</summary>
    public OpenCalendar Calendar { get; private set; } = null!;

    /// <summary>The calendar of a mailbox that there is not.</summary>
    public OpenCalendar Nowhere => Calendar with { MailboxAddress = $"nobody-{Guid.NewGuid():N}@{Mailbox[(Mailbox.IndexOf('@', StringComparison.Ordinal) + 1)..]}" };

    /// <summary>Whether a logon with a wrong password does no harm.</summary>
    public abstract bool MayFailLogons { get; }

    protected abstract string Mailbox { get; }

    /// <summary>Whether the mailbox is there to be written into.</summary>
    protected abstract bool MayWrite { get; }

    public async ValueTask InitializeAsync()
    {
        await Start();
        var opened = OpenCalendar.At(Integration, Mailbox, null, "Europe/Berlin", held: null);
        Calendar = opened with { CalendarId = (await Port<ICalendarDirectory>().CheckCalendar(opened, Ct)).CalendarId };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var item in written) await Port<ICalendarWriter>().Delete(Calendar, item, CancellationToken.None);
        await Stop();
    }

    public abstract T Port<T>()
        where T : notnull;

    /// <summary>Skips the test where the mailbox may only be read.</summary>
    public void NeedsTestMailbox() => Assert.SkipUnless(MayWrite, "No test mailbox is named: it may only be read.");

    public static CopyContent Content(string title, double hour, string location = "Room 1") =>
        new(EventTimes.Timed(Day.AddHours(hour), Day.AddHours(hour + 1), "Europe/Berlin"), 1, title, location, "Notes");

    /// <summary>Creates a copy; it goes at the end.</summary>
    public async Task<Copy> Write(CopyContent content)
    {
        NeedsTestMailbox();
        var (id, attempt) = (Guid.CreateVersion7(), CreateAttempt.Opened(Guid.CreateVersion7(), Day));
        var item = await Port<ICalendarWriter>().Create(Calendar, content, id, attempt, Ct);
        written.Add(item);
        return new Copy(id, attempt, item);
    }

    /// <summary>Somebody invites the mailbox's owner at that hour. The id of the request; null where nobody can.</summary>
    public virtual string? Invite(double hour) => null;

    /// <summary>The owner writes a meeting without a visible change; only where somebody can be invited.</summary>
    public virtual void Touch(string itemId) => throw new NotSupportedException();

    private protected abstract Task Start();

    private protected abstract Task Stop();
}

/// <summary>What was written, and under which ids.</summary>
public sealed record Copy(Guid Id, CreateAttempt Attempt, WrittenItem Item);
