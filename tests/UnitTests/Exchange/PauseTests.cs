using System.Net;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Traffic;
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
    public void A_named_pause_is_kept_exactly_and_an_unnamed_one_doubles(int? milliseconds, int strikes, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Busy("ErrorServerBusy", milliseconds)!.Span(strikes));

    [Theory]
    [InlineData(null, 60)]
    [InlineData(5_000, 60)]
    [InlineData(90_000, 90)]
    public void Too_many_open_objects_want_a_minute_at_least(int? milliseconds, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Busy("ErrorTooManyObjectsOpened", milliseconds)!.Span(0));

    [Fact]
    public void A_named_pause_makes_any_error_a_busy_server() => Assert.Equal(TimeSpan.FromSeconds(7), Busy("ErrorInternalServerError", 7_000)!.Span(0));

    [Fact]
    public void An_error_without_a_pause_asks_for_none() => Assert.Null(Busy("ErrorItemNotFound", null));

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.BadGateway, false)]
    public void What_IIS_or_a_proxy_asks_for_concerns_the_whole_server(HttpStatusCode status, bool asks)
    {
        var asked = PauseAsked.By(new EwsHttpException(status, CredentialUse.Sent) { RetryAfter = TimeSpan.FromSeconds(42) });
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

    private static PauseAsked? Busy(string code, int? milliseconds) => PauseAsked.By(
        EwsError.From(code, null, milliseconds is { } named ? new() { ["BackOffMilliseconds"] = named.ToString(System.Globalization.CultureInfo.InvariantCulture) } : null));
}
