using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Exchange;

/// <summary>Asks with GetPasswordExpirationDate, in one call as the account itself.</summary>
internal sealed class ExchangePasswordExpiry(
    ExchangeCalls calls,
    TimeProvider time,
    ILogger<ExchangePasswordExpiry> logger) : IPasswordExpirySource
{
    public async Task<PasswordExpiry?> Ask(ServerConnection server, CancellationToken ct)
    {
        if (!ExchangeCalls.Version(server).Has(VersionTable.PasswordExpiration)) return PasswordExpiry.NotOffered(time.GetUtcNow());
        try
        {
            return Of(await calls.SendAsAccountUnasked(server, new GetPasswordExpirationDate(), ct));
        }
        catch (CalendarFailure failure)
        {
            logger.LogDebug("The password's expiry was not told: {Problem} {Code}", failure.Refusal.Code, failure.ExchangeCode);
            return OfRefusal(failure);
        }
    }

    public PasswordExpiry Of(EwsResult<PasswordLife> answer) => answer switch
    {
        { Succeeded: true, Value.NeverEnds: true } => PasswordExpiry.Never(time.GetUtcNow()),
        { Succeeded: true, Value.EndsAt: { } at } => PasswordExpiry.On(at, time.GetUtcNow()),
        _ => PasswordExpiry.NotOffered(time.GetUtcNow()),
    };

    /// <summary>A server that understood and refused does not offer it; anything else was no answer.</summary>
    public PasswordExpiry? OfRefusal(CalendarFailure failure) =>
        failure.InnerException is EwsRefusedException
            && failure is { Meaning: not FailureMeaning.CredentialRefused, Reach: not (FailureReach.BackOff or FailureReach.Passing) }
            ? PasswordExpiry.NotOffered(time.GetUtcNow())
            : null;
}
