using System.Net;
using System.Net.Http.Headers;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace CleanSync.Model.Histories;

/// <summary>
/// Carries calls to the simulated Exchange without a network and without real time, and lets them go wrong as the history says.
/// </summary>
internal sealed class InProcessExchange(
    SimulatedOffice office,
    FakeTimeProvider clock,
    Troubles troubles,
    Func<Operation, Task> meanwhile,
    TimeSpan timeout) : HttpMessageHandler
{
    private static readonly TimeSpan CallTime = TimeSpan.FromMilliseconds(50);
    private DateTimeOffset? workedAt;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (troubles.PowerIsOff) throw new PowerIsOff();
        if (request.Method == HttpMethod.Get) return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html/>") };
        clock.Advance(CallTime);
        foreach (var what in troubles.BeforeCall()) await meanwhile(what);
        if (troubles.PowerIsOff) throw new PowerIsOff();
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var trouble = troubles.NextCall();
        if (trouble is null && troubles.Misjudgements.Next(clock.GetUtcNow(), workedAt))
        {
            workedAt = null;
            return Unauthorized();
        }

        var answer = Answer(body, trouble, cancellationToken);
        if (trouble is null) workedAt = clock.GetUtcNow();
        return answer;
    }

    private HttpResponseMessage Answer(byte[] body, CallTrouble? trouble, CancellationToken ct)
    {
        switch (trouble)
        {
            case CallTrouble.TimeoutBefore:
                return NeverComes(ct);
            case CallTrouble.TimeoutAfter:
                office.Handle(body);
                return NeverComes(ct);
            case CallTrouble.LateEffect:
                troubles.CreatedLate |= SimulatedOffice.IsCreate(body);
                office.HandleLater(body, clock.GetUtcNow() + timeout + TimeSpan.FromMinutes(3));
                return NeverComes(ct);
            case CallTrouble.DeliveredTwice:
                troubles.DeliveredTwice = true;
                return Message(office.HandleTwice(body));
            case CallTrouble.ResetBefore:
                return Reset();
            case CallTrouble.ResetAfter:
                office.Handle(body);
                return Reset();
            case CallTrouble.CrashBefore:
                return Crash();
            case CallTrouble.CrashAfter:
                office.Handle(body);
                return Crash();
            case CallTrouble.CutAnswer:
                var whole = office.Handle(body);
                return Message(whole with { Body = whole.Body[..(whole.Body.Length / 2)] });
            default:
                return Message(office.Handle(body, Scripted(trouble)));
        }
    }

    private static Fault? Scripted(CallTrouble? trouble) => trouble switch
    {
        CallTrouble.Http500 => new Fault.Http(500),
        CallTrouble.Http503 => new Fault.Http(503),
        CallTrouble.Http503WithRetryAfter => new Fault.Http(503, RetryAfter: "120"),
        CallTrouble.ServerBusy => new Fault.Soap("ErrorServerBusy", 90_000),
        CallTrouble.ServerBusyInAnswer => new Fault.Response("ErrorServerBusy", 45_000),
        CallTrouble.TransientErrorInAnswer => new Fault.Response("ErrorInternalServerTransientError"),
        CallTrouble.StaleChangeKey => new Fault.StaleChangeKey(),
        CallTrouble.InvalidSyncState => new Fault.InvalidSyncState(),
        _ => null,
    };

    private HttpResponseMessage NeverComes(CancellationToken ct)
    {
        clock.Advance(timeout);
        ct.ThrowIfCancellationRequested();
        throw new InvalidOperationException("The call outlived its timeout.");
    }

    private static HttpResponseMessage Reset() =>
        throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was reset.");

    private static HttpResponseMessage Unauthorized()
    {
        var message = new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("") };
        message.Headers.WwwAuthenticate.Add(new AuthenticationHeaderValue("Basic", "realm=\"exchange.test\""));
        return message;
    }

    private HttpResponseMessage Crash()
    {
        troubles.PowerIsOff = true;
        throw new PowerIsOff();
    }

    private static HttpResponseMessage Message(EwsReply reply)
    {
        var message = new HttpResponseMessage((HttpStatusCode)reply.Status) { Content = new ReadOnlyMemoryContent(reply.Body) };
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(reply.ContentType);
        if (reply.RetryAfter is { } after) message.Headers.TryAddWithoutValidation("Retry-After", after);
        return message;
    }
}
