using System.Collections.Concurrent;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Notifications;

namespace CleanSync.ExchangeSimulator;

/// <summary>
/// The accounts, mailboxes and rights of one Exchange organisation. Safe to call from any thread, also while requests run.
/// </summary>
public sealed class ExchangeOrganisation
{
    private readonly ConcurrentDictionary<string, Mailbox> _mailboxes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Mailbox> _byIdPart = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly CalendarAssistants _assistants;
    private readonly TimeProvider _time;
    private readonly string _defaultZone;

    public ExchangeOrganisation(TimeProvider time, string defaultTimeZoneId = "W. Europe Standard Time") =>
        (_time, _defaultZone, _assistants, Notifications) = (
            time, defaultTimeZoneId, new CalendarAssistants(time), new NotificationHub(time));

    /// <summary>Streaming subscriptions, and how they go wrong.</summary>
    public NotificationHub Notifications { get; }

    /// <summary>After how many wrong passwords in a row an account is locked; null for never.</summary>
    public int? LockoutAfter { get; set; }

    /// <summary>
    /// By how much the server's clock is ahead of the true time, in the Date header of its answers; negative when it is behind.
    /// </summary>
    public TimeSpan ClockIsAheadBy { get; set; }

    /// <summary>Whose user agent begins so is answered 403 after its logon, as under a block list of EWS; null for nobody.</summary>
    public string? BlockedUserAgent { get; set; }

    /// <summary>Ignores the UID that a CreateItem carries, and gives one of its own.</summary>
    public bool GivesItsOwnUids { get; set; }

    /// <summary>A delegate gets other ids of the same folders and items than who impersonates.</summary>
    public bool IdsDependOnAccess { get; set; }

    /// <summary>
    /// A delegate gets of private items only when they are, and that they are private; otherwise they come in full, and hiding them is left
    /// to the caller.
    /// </summary>
    public bool HidesPrivateItems { get; set; }

    /// <summary>
    /// Answers a delegate who names the owner's Deleted Items with the delegate's own, as a server does that overlooks whose folder is
    /// meant.
    /// </summary>
    public bool GivesCallersDeletedItems { get; set; }

    /// <summary>SyncFolderItems passes over items that are broken, and never tells of them while they are.</summary>
    public bool LeavesBrokenOutOfChanges { get; set; }

    /// <summary>
    /// A page of SyncFolderItems holds at most so many changes, however many were asked for; null for as many as were asked for.
    /// </summary>
    public int? LongestChangePage { get; set; }

    /// <summary>
    /// The order of changes in SyncFolderItems; null for that of the server's version: oldest first before 2010 SP2, newest first since.
    /// </summary>
    public bool? TellsOldestFirst { get; set; }

    /// <summary>How the server's assistants touch new items; null for not at all.</summary>
    public AssistantPlan? Assistants
    {
        get => _assistants.Plan;
        set => _assistants.Plan = value;
    }

    /// <summary>
    /// What moved to another folder is reported as changed, with the folder where it is now, as the documents say; otherwise as deleted, as
    /// practice is.
    /// </summary>
    public bool ReportsMovesAsUpdates { get; set; }

    /// <summary>
    /// Windows ids of time zones that this server's Windows does not know: what is written under one is refused with ErrorTimeZone.
    /// </summary>
    public IReadOnlySet<string> UnknownZones { get; set; } = new HashSet<string>();

    /// <summary>
    /// A mailbox is reached by its primary address only: a further one is refused with ErrorNonPrimarySmtpAddress, which names the
    /// primary.
    /// </summary>
    public bool WantsPrimaryAddresses { get; set; }

    /// <summary>The codes of faults have white space around them.</summary>
    public bool PrettyPrintsFaults { get; set; }

    /// <summary>
    /// What a gateway in front answers to a GET without a credential, whatever Exchange would; null for Exchange's own 401.
    /// </summary>
    public int? AnonymousGet { get; set; }

    /// <summary>Characters that XML forbids go out as they are, and not as references.</summary>
    public bool WritesControlsRaw { get; set; }

    public IReadOnlyCollection<Mailbox> Mailboxes => [.. _mailboxes.Values.Distinct().OrderBy(m => m.SmtpAddress, StringComparer.Ordinal)];

    public IReadOnlyCollection<Account> Accounts => [.. _accounts.Values.Distinct()];

    /// <summary>Adds an account; its down-level name is by default the first label of its domain and the name before the at sign.</summary>
    public Account AddAccount(string userPrincipalName, string password, string? downLevelName = null, bool hasMailbox = true)
    {
        var at = userPrincipalName.IndexOf('@', StringComparison.Ordinal);
        if (at < 1) throw new ArgumentException("An account is named by its UPN.", nameof(userPrincipalName));
        downLevelName ??= userPrincipalName[(at + 1)..].Split('.')[0].ToUpperInvariant() + "\\" + userPrincipalName[..at];
        var account = new Account(userPrincipalName, password, downLevelName, hasMailbox);
        if (hasMailbox) AddMailbox(userPrincipalName);
        _accounts[userPrincipalName] = account;
        _accounts[downLevelName] = account;
        return account;
    }

    /// <summary>Adds a mailbox, or gives the one that is already there.</summary>
    public Mailbox AddMailbox(string smtpAddress, string? timeZoneId = null, string? displayName = null)
    {
        var zone = CalendarZone.Find(timeZoneId ?? _defaultZone)
            ?? throw new ArgumentException($"No time zone is called {timeZoneId}.", nameof(timeZoneId));
        return _mailboxes.GetOrAdd(smtpAddress, address =>
        {
            var mailbox = new Mailbox(address, displayName ?? address.Split('@')[0], zone, _time, _assistants.Saw);
            _byIdPart[WireIds.MailboxPart(address)] = mailbox;
            mailbox.Happened = what => Notifications.Raise(mailbox, what);
            return mailbox;
        });
    }

    /// <summary>A further address of a mailbox, as it has after its owner's name changed: the old one still reaches it.</summary>
    public void AddAddress(string smtpAddress, string further) => _mailboxes[further] = Mailbox(smtpAddress);

    public void RemoveMailbox(string smtpAddress)
    {
        if (_mailboxes.TryRemove(smtpAddress, out _)) _byIdPart.TryRemove(WireIds.MailboxPart(smtpAddress), out _);
    }

    /// <summary>The mailbox of that address; throws when there is none.</summary>
    public Mailbox Mailbox(string smtpAddress) =>
        FindMailbox(smtpAddress) ?? throw new ArgumentException($"No mailbox is called {smtpAddress}.", nameof(smtpAddress));

    public Mailbox? FindMailbox(string smtpAddress) => _mailboxes.GetValueOrDefault(smtpAddress);

    /// <summary>The account of that UPN or DOMAIN\user; throws when there is none.</summary>
    public Account Account(string name) => FindAccount(name) ?? throw new ArgumentException($"No account is called {name}.", nameof(name));

    public Account? FindAccount(string name) => _accounts.GetValueOrDefault(name);

    /// <summary>Gives ApplicationImpersonation over the whole organisation, and lifts earlier denials.</summary>
    public void GrantImpersonation(Account account) => account.Allow();

    public void RevokeImpersonation(Account account) => account.MayImpersonate = false;

    /// <summary>Takes one mailbox out of the scope of the account's impersonation right.</summary>
    public void DenyImpersonation(Account account, string mailbox) => account.Deny(mailbox);

    /// <summary>Sets the account's permission level on a folder of that mailbox, the default calendar if none is named.</summary>
    /// <param name="folder">Its distinguished or display name, such as <c>deleteditems</c>.</param>
    public void GrantFolderRights(Account account, string mailbox, FolderLevel level, string folder = "calendar")
    {
        var owner = Mailbox(mailbox);
        lock (owner.Gate) owner.Named(folder).Rights[account.UserPrincipalName] = level;
    }

    internal void LetAssistantsWork() => _assistants.Work();

    internal Mailbox? MailboxOfId(string id) => WireIds.MailboxPartOf(id) is { } part ? _byIdPart.GetValueOrDefault(part) : null;

    /// <summary>The account that an NTLM client means: UPN without domain, or domain and name.</summary>
    internal Account? FindAccount(string domain, string user) =>
        domain.Length > 0
            ? FindAccount(domain + "\\" + user)
            : FindAccount(user)
                ?? _accounts.Values.FirstOrDefault(a => a.DownLevelName.EndsWith("\\" + user, StringComparison.OrdinalIgnoreCase));
}
