namespace CleanSync.Infrastructure.Traffic.Shares;

/// <summary>How many of an integration's calls at once are this node's.</summary>
internal interface ICallShares
{
    /// <summary>Whose gate is to be told when the share changes.</summary>
    void Watch(Guid integrationId, IntegrationTraffic traffic);

    /// <summary>How many calls this node may begin now.</summary>
    int Of(Guid integrationId, int limit);

    /// <summary>The calls that have begun are still this node's to make: to be asked right before one is sent.</summary>
    bool Covers(Guid integrationId);

    /// <summary>Somebody waits for a slot.</summary>
    void Wanted();
}

/// <summary>One node has them all.</summary>
internal sealed class WholeShare : ICallShares
{
    public void Watch(Guid integrationId, IntegrationTraffic traffic)
    {
        // nobody to share with
    }

    public int Of(Guid integrationId, int limit) => limit;

    public bool Covers(Guid integrationId) => true;

    public void Wanted()
    {
        // nobody to ask
    }
}
