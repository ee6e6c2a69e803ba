namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>How far an integration has come, and where admins have put it: whatever becomes of its password.</summary>
public abstract record LifeCycle
{
    private LifeCycle()
    {
    }

    /// <summary>Saved, but not authorized yet.</summary>
    public sealed record Draft : LifeCycle;

    /// <summary>Authorized: passes and pushes run while the password works.</summary>
    public sealed record Active : LifeCycle;

    /// <summary>An admin paused it: what changes meanwhile waits.</summary>
    /// <param name="Reason">In words, with the end if it has one.</param>
    /// <param name="Until">When it goes on by itself; null until an admin resumes it.</param>
    public sealed record Paused(string Reason, DateTimeOffset? Until) : LifeCycle;

    /// <summary>It is being taken out of Exchange and of the booking product; at the end it is gone.</summary>
    public sealed record Disconnecting(DateTimeOffset Since) : LifeCycle;
}

/// <summary>What is known of an integration's password. While it does not work nothing is sent, wherever the integration stands.</summary>
public abstract record CredentialState
{
    private CredentialState()
    {
    }

    /// <summary>Nobody has authorized the integration with it.</summary>
    public sealed record Unproven : CredentialState;

    public sealed record Works : CredentialState;

    /// <summary>Exchange refused it; ended by a logon that works, with a new password or when an admin authorizes again.</summary>
    public sealed record Refused(string Reason) : CredentialState;

    /// <summary>The stored password does not open, until its key is restored or it is entered again.</summary>
    public sealed record Unreadable(string Reason) : CredentialState;
}
