using System.Diagnostics;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>Other people's clients. The tools must be there: these tests fail, and do not skip, without them.</summary>
public sealed class ToolTests
{
    [Theory]
    [InlineData("--ntlm", User)]
    [InlineData("--ntlm", "CONTOSO\\svc")]
    [InlineData("--basic", User)]
    [InlineData("--basic", "CONTOSO\\svc")]
    public async Task Curl_can_use_it(string scheme, string user)
    {
        await using var exchange = await Start();
        var output = await Run(
            "/usr/bin/curl",
            "curl",
            "-s",
            scheme,
            "-u",
            $"{user}:{Password}",
            "-H",
            "Content-Type: text/xml; charset=utf-8",
            "--data-binary",
            Envelope(Ask.GetFolder()),
            exchange.Exchange.EwsUrl.ToString());
        Assert.Contains("<t:DisplayName>Calendar</t:DisplayName>", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ntlm")]
    [InlineData("basic")]
    public async Task Exchangelib_can_use_it(string scheme)
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, ExchangeSimulator.Mailboxes.FolderLevel.Editor);
        exchange.Exchange.Organisation.GrantFolderRights(
            exchange.Account, Alice, ExchangeSimulator.Mailboxes.FolderLevel.Contributor, "deleteditems");
        var script = Path.Combine(AppContext.BaseDirectory, "Simulator", "exchangelib_tour.py");
        var output = await Run(
            "/usr/bin/python3", "python3-exchangelib", script, exchange.Exchange.EwsUrl.ToString(), User, Password, Alice, scheme);
        Assert.Contains("tour done", output, StringComparison.Ordinal);
    }

    private static async Task<string> Run(string program, string package, params string[] arguments)
    {
        if (!File.Exists(program)) Assert.Fail($"{program} is missing: apt-get install {package}");
        var cancelled = TestContext.Current.CancellationToken;
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(cancelled);
        var output = await process.StandardOutput.ReadToEndAsync(cancelled);
        await process.WaitForExitAsync(cancelled);
        if (process.ExitCode != 0)
            Assert.Fail($"{program} ended with {process.ExitCode}; package {package} must be installed.\n{output}\n{await error}");
        return output;
    }
}
