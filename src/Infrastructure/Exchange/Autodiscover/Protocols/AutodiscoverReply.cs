namespace CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;

/// <summary>What an Autodiscover service answered, in either of its two languages.</summary>
internal abstract record AutodiscoverReply
{
    private AutodiscoverReply()
    {
    }

    /// <param name="External">As the server wrote it; null when it names none.</param>
    /// <param name="Schemas">The versions that the mailbox's server speaks, such as Exchange2013_SP1.</param>
    public sealed record Settings(string? External, string? Internal, IReadOnlyList<string> Schemas) : AutodiscoverReply;

    /// <summary>Ask everything anew for this address.</summary>
    public sealed record RedirectAddress(string Address) : AutodiscoverReply;

    /// <summary>Ask there instead.</summary>
    public sealed record RedirectUrl(string Url) : AutodiscoverReply;

    /// <summary>The question was understood and refused.</summary>
    /// <param name="Code">SOAP's word or POX's number, cleaned.</param>
    public sealed record Refused(string Code) : AutodiscoverReply
    {
        public bool IsBusy => Code is "ServerBusy";
    }
}
