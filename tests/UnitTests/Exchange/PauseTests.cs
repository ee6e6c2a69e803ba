using System.Net;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.Infrastructure.Traffic;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.Exchange;

public sealed class PauseTests
{
    private static readonly int[] Minutes = [0, 14, 15, 45, 60, 6000];
    private static readonly DateTimeOffset Now = new(2026, 7, 6, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, 0, 60)]
    [InlineData(null, 1, 120)]
    [InlineData(null, 3, 480)]
    [InlineData(null, 30, 3600)]
    [InlineData(297_749, 5, 297.749)]
    [InlineData(0, 0, 0)]
    [InlineData(3_600_000, 0, 3600)]
    [InlineData(3_600_001, 0, 3600)]
    [InlineData(int.MaxValue, 0, 3600)]
    public void A_named_pause_is_kept_up_to_an_hour_and_an_unnamed_one_doubles(int? milliseconds, int strikes, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Busy("ErrorServerBusy", milliseconds)!.Span(strikes));

    [Theory]
    [InlineData(null, 60)]
    [InlineData(5_000, 60)]
    [InlineData(90_000, 90)]
    public void Too_many_open_objects_want_a_minute_at_least(int? milliseconds, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Busy("ErrorTooManyObjectsOpened", milliseconds)!.Span(0));

    [Fact]
    public void A_named_pause_makes_any_error_a_busy_server() =>
        Assert.Equal(TimeSpan.FromSeconds(7), Busy("ErrorInternalServerError", 7_000)!.Span(0));

    [Fact]
    public void An_error_without_a_pause_asks_for_none() => Assert.Null(Busy("ErrorItemNotFound", null));

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.BadGateway, false)]
    public void What_IIS_or_a_proxy_asks_for_concerns_the_whole_server(HttpStatusCode status, bool asks)
    {
        var busy = new EwsHttpException(status, CredentialUse.Sent) { RetryAfter = TimeSpan.FromSeconds(42) };
        var asked = new EwsCallSigns().Of(busy)!.Pause;
        Assert.Equal(asks ? new PauseAsked($"HTTP {(int)status}", TimeSpan.FromSeconds(42), OfWholeServer: true) : null, asked);
    }

    [Fact]
    public void Too_many_connections_halve_the_calls_and_each_quiet_quarter_of_an_hour_gives_one_back()
    {
        Assert.True(Busy("ErrorExceededConnectionCount", null)!.LowersLimit);
        Assert.Equal([4, 2, 1, 1], [CallsGranted.Halved(8), CallsGranted.Halved(4), CallsGranted.Halved(2), CallsGranted.Halved(1)]);
        Assert.Equal([4, 4, 5, 7, 8, 8], Minutes.Select(m => CallsGranted.At(Now.AddMinutes(m), 8, 4, Now)));
        Assert.Equal(8, CallsGranted.At(Now, 8, null, null));
    }

    [Theory]
    [InlineData("2147483647", 3600)]
    [InlineData("99999999999", 60)]
    [InlineData("-5", 60)]
    [InlineData("soon", 60)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 3600)]
    [InlineData("Mon, 06 Jul 2026 08:07:00 GMT", 420)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", 0)]
    public async Task Whatever_time_a_server_or_proxy_names_is_an_hour_at_the_most(string retryAfter, double seconds)
    {
        using var request = new HttpRequestMessage();
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        using var answer = await HttpAnswer.Receive(response, TestContext.Current.CancellationToken);
        var failure = (EwsHttpException)answer.Failure(request, new FakeTimeProvider(Now), null);
        Assert.Equal(TimeSpan.FromSeconds(seconds), new EwsCallSigns().Of(failure)!.Pause!.Span(0));
        Assert.Equal(TimeSpan.FromSeconds(seconds), FaultTranslator.Translate(failure, Sample.Integration().Server, null).RetryAfter);
    }

    private static PauseAsked? Busy(string code, int? milliseconds) => new EwsCallSigns().Of(new EwsResponseException(
        EwsError.From(
            code,
            null,
            milliseconds is { } named
                ? new() { ["BackOffMilliseconds"] = named.ToString(System.Globalization.CultureInfo.InvariantCulture) }
                : null)))!.Pause;
}
