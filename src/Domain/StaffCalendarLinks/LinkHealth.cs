namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>The state of a link.</summary>
/// <param name="Reason">What is wrong and what to do; null when there is nothing to say.</param>
public sealed record LinkHealth(LinkState State, Reason? Reason = null)
{
    public static LinkHealth Waiting { get; } = new(LinkState.Waiting);

    public static LinkHealth Syncing { get; } = new(LinkState.Syncing);

    /// <summary>Of a mailbox that was just named, or of none.</summary>
    public static LinkHealth Of(string staffId, string? mailboxAddress) =>
        mailboxAddress is not null ? Waiting : new(LinkState.Warning, Reason.Of(new MailboxAddressIsMissing(staffId)));
}
