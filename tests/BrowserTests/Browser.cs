using CleanSync.EndToEndTests.Hosting;
using Microsoft.Playwright;
using Xunit;

namespace CleanSync.BrowserTests;

/// <summary>
/// The Chromium of this machine, without a window: CLEANSYNC_CHROMIUM names it, or it is where Debian has it. Nothing is downloaded.
/// </summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <summary>Skips the test where there is no browser.</summary>
    public static async Task<Browser> Start()
    {
        var program = Environment.GetEnvironmentVariable("CLEANSYNC_CHROMIUM") ?? "/usr/bin/chromium";
        Assert.SkipUnless(
            File.Exists(program),
            $"There is no browser at {program}: install Debian's package chromium, or name another one in CLEANSYNC_CHROMIUM.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync"
                ],
        });
        return new Browser(playwright, browser);
    }

    public async Task<IPage> Page()
    {
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        page.SetDefaultTimeout((float)Eventually.Longest.TotalMilliseconds);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
