using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;

namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>What one step of a search brought.</summary>
internal sealed record ProbeResult(StepOutcome Outcome, string Words)
{
    /// <summary>Autodiscover's own error code.</summary>
    public string? Code { get; init; }

    public AutodiscoverReply.Settings? Settings { get; init; }

    /// <summary>Everything is to be asked anew for this one.</summary>
    public string? NewAddress { get; init; }

    /// <summary>Where to go next.</summary>
    public IReadOnlyList<Uri> Targets { get; init; } = [];

    /// <summary>Worth another try at the end.</summary>
    public bool IsBusy { get; init; }

    /// <summary>No connection to the host came about: there is no need to ask it by the other language.</summary>
    public bool HostIsSilent { get; init; }
}
