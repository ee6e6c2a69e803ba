namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>The state of a link, with the reason in words for an admin and Exchange's own code.</summary>
/// <param name="Problem">Stable code of the reason, such as <c>mailbox-not-found</c>; null when there is none.</param>
/// <param name="Reason">What is wrong and what to do; null when there is nothing to say.</param>
/// <param name="ExchangeCode">Exchange's response code, such as <c>ErrorNonExistentMailbox</c>; null when Exchange gave none.</param>
public sealed record LinkHealth(LinkState State, string? Problem = null, string? Reason = null, string? ExchangeCode = null)
{
    public static LinkHealth Waiting { get; } = new(LinkState.Waiting);

    public static LinkHealth Syncing { get; } = new(LinkState.Syncing);

    /// <summary>Of a mailbox that was just named, or of none.</summary>
    public static LinkHealth Of(string staffId, string? mailboxAddress)
    {
        if (mailboxAddress is not null) return Waiting;
        var missing = new MailboxAddressIsMissing(staffId);
        return new(LinkState.Warning, missing.Code, missing.Message);
    }
}
