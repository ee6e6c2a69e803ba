namespace CleanSync.ExchangeSimulator.Accounts;

/// <summary>An account of the directory that may log on, and what has been granted to it.</summary>
public sealed class Account
{
    private readonly HashSet<string> _deniedMailboxes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();
    private int _failedInARow;

    internal Account(string userPrincipalName, string password, string downLevelName, bool hasMailbox)
    {
        (UserPrincipalName, Password, DownLevelName, HasMailbox) = (userPrincipalName, password, downLevelName, hasMailbox);
    }

    public string UserPrincipalName { get; }

    /// <summary>The name in the form DOMAIN\user.</summary>
    public string DownLevelName { get; }

    /// <summary>The password that the directory accepts now; setting another one is how a test changes it.</summary>
    public string Password { get; set; }

    public bool HasMailbox { get; }

    /// <summary>What GetPasswordExpirationDate tells; null for a password that never expires.</summary>
    public DateTimeOffset? PasswordExpiresAt { get; set; }

    public bool MayImpersonate { get; internal set; }

    /// <summary>Wrong passwords so far; the legs of a handshake do not count.</summary>
    public int FailedLogons { get; private set; }

    public int SuccessfulLogons { get; private set; }

    /// <summary>Right passwords that were answered with 401 all the same.</summary>
    public int MisjudgedLogons { get; private set; }

    /// <summary>So many of the next right passwords are answered with 401, as a server under load does now and then.</summary>
    public int MisjudgesNext { get; set; }

    public bool IsLockedOut { get; private set; }

    public void Unlock()
    {
        lock (_gate) (IsLockedOut, _failedInARow) = (false, 0);
    }

    internal void Deny(string mailbox)
    {
        lock (_gate) _deniedMailboxes.Add(mailbox);
    }

    internal void Allow()
    {
        lock (_gate)
        {
            MayImpersonate = true;
            _deniedMailboxes.Clear();
        }
    }

    internal bool MayActAs(string mailbox)
    {
        lock (_gate) return MayImpersonate && !_deniedMailboxes.Contains(mailbox);
    }

    /// <summary>Books the outcome of one logon and says whether the account is in.</summary>
    public bool LogOn(bool passwordIsRight, int? lockoutAfter)
    {
        lock (_gate)
        {
            if (IsLockedOut) return false;
            if (passwordIsRight && MisjudgesNext > 0)
            {
                (MisjudgesNext, MisjudgedLogons) = (MisjudgesNext - 1, MisjudgedLogons + 1);
                return false;
            }

            if (passwordIsRight)
            {
                SuccessfulLogons++;
                _failedInARow = 0;
                return true;
            }
            FailedLogons++;
            IsLockedOut = ++_failedInARow >= lockoutAfter;
            return false;
        }
    }
}
