using CleanSync.Application.ExchangeIntegrations.Diagnoses;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>What the account may do in one mailbox, as the report tells it and as the verdict counts it.</summary>
internal sealed record SeenRights(ExaminedMailbox Mailbox)
{
    /// <summary>It may change what it wrote, and nothing that the staff member made.</summary>
    public bool OnlyItsOwn { get; init; }

    /// <summary>It may put nothing into the owner's Deleted Items.</summary>
    public bool DeletedItemsAreShut { get; init; }
}
