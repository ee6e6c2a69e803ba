using CleanSync.Api;
using CleanSync.Api.ApiKeys;
using CleanSync.Domain.ApiKeys;
using CleanSync.EndToEndTests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>What a terminal shows has no hidden characters, whoever chose the name.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string Forged = "Anna\u001b[2K\r\u202Enimda";

    private readonly ApiHost host = new();

    [Fact]
    public async Task The_list_of_keys_shows_a_name_from_before_without_what_is_hidden_in_it()
    {
        using var scope = host.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<IApiKeyRepository>()
            .Save(TestKeys.Key("old", Role.Scheduler) with { Name = Forged }, TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        Assert.Equal(0, await KeysVerb.Run(host.Services, ["keys", "list"], output, TextWriter.Null));
        Assert.Contains("Anna[2Knimda\n", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(output.ToString(), c => c != '\n' && char.IsControl(c));
    }

    [Theory]
    [InlineData(null, "warn: ")]
    [InlineData("systemd", "<4>")]
    public async Task A_line_of_the_log_is_that_of_the_configured_formatter_without_what_is_hidden_in_it(string? formatter,
        string beginning)
    {
        await using var services = new ServiceCollection().AddLogging(logging =>
        {
            logging.AddConsole(o => o.FormatterName = formatter);
            logging.AddVisibleConsole();
        }).BuildServiceProvider();
        var chosen = services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName;
        using var line = new StringWriter();
        services.GetServices<ConsoleFormatter>().Single(f => f.Name == chosen)
            .Write(
                new LogEntry<string>(LogLevel.Warning, "Category", default, Forged, null, (name, _) => $"{name} was refused"), null, line);
        Assert.StartsWith(beginning, line.ToString(), StringComparison.Ordinal);
        Assert.Contains("nimda was refused", line.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(line.ToString(), c => c is '\u001b' or '\u202E' or '\r');
    }

    public void Dispose() => host.Dispose();
}
