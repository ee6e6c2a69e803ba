using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace CleanSync.BrowserTests;

/// <summary>Swagger UI as an admin uses it. Each step leaves a screenshot in artifacts/screenshots, in the order of the journey.</summary>
/// <param name="journey">Begins the names of the screenshots.</param>
internal sealed class SwaggerPage(IPage page, Uri address, string journey)
{
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(Root(), "artifacts", "screenshots")).FullName;
    private JsonNode document = null!;
    private int shots;

    /// <summary>What the page said on its console that is an error.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>What the block of the last call showed, without what stands in its fields.</summary>
    public string Shown { get; private set; } = "";

    public async Task Open()
    {
        page.Console += (_, line) =>
        {
            if (line.Type is "error") Complaints.Add(line.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        await page.GotoAsync(address.AbsoluteUri);
        await page.Locator(".swagger-ui .opblock").First.WaitForAsync();
        document = JsonNode.Parse(await page.EvaluateAsync<string>("fetch('/swagger/v1/swagger.json').then(r => r.text())"))!;
        await Shoot("front-page", whole: true);
    }

    /// <summary>Enters a key, instead of an earlier one if there is one.</summary>
    public async Task Authorize(string key)
    {
        await page.Locator(".scheme-container button.authorize").ClickAsync();
        var dialog = page.Locator(".modal-ux .auth-container").First; // the next one is for a bearer token
        if (await dialog.GetByText("Logout").IsVisibleAsync()) await dialog.GetByText("Logout").ClickAsync();
        await dialog.Locator("input").FillAsync(key);
        await Shoot("authorize-dialog");
        await dialog.Locator("button.authorize").ClickAsync();
        await dialog.GetByText("Logout").WaitForAsync();
        await page.Locator(".modal-ux .close-modal").ClickAsync();
        await page.Locator(".scheme-container button.authorize.locked").WaitForAsync();
    }

    /// <summary>Opens an operation, fills it in, executes it, and gives the answer that the page shows.</summary>
    /// <param name="parameters">Path and query parameters by name.</param>
    /// <param name="change">What to change of the example that stands in the box; null when there is no body, or to send it as it
    /// is.</param>
    public async Task<(int Status, JsonNode? Body)> Try(
        string method,
        string path,
        Dictionary<string, string>? parameters = null,
        Action<JsonObject>? change = null)
    {
        var operation = document["paths"]![path]![method]!;
        var id = operation["operationId"]!.GetValue<string>();
        var block = page.Locator($"#operations-{operation["tags"]![0]!.GetValue<string>().Replace(' ', '_')}-{id}");
        await block.ScrollIntoViewIfNeededAsync();
        await block.Locator(".opblock-summary-control").ClickAsync();
        await block.Locator("button.execute").WaitForAsync();
        foreach (var (name, value) in parameters ?? []) await block.Locator($"tr[data-param-name='{name}'] input").FillAsync(value);
        await Shoot($"{id}-form", block);
        if (change is not null)
        {
            var box = block.Locator("textarea.body-param__text");
            var body = JsonNode.Parse(await box.InputValueAsync())!.AsObject();
            change(body);
            await box.FillAsync(body.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }));
        }

        var answering =
            page.WaitForResponseAsync(r => r.Request.Method.Equals(method, StringComparison.OrdinalIgnoreCase)
                && r.Request.Url.Contains("/api/v1/", StringComparison.Ordinal));
        await block.Locator("button.execute").ClickAsync();
        var status = (await answering).Status;
        await block.Locator(".live-responses-table tbody .response-col_status").First.WaitForAsync();
        var shown = await block.Locator(".live-responses-table tbody .response-col_status").First.InnerTextAsync();
        Assert.StartsWith($"{status}", shown.Trim(), StringComparison.Ordinal);
        var text = await (await answering).TextAsync();
        Shown = await block.InnerTextAsync();
        await Shoot($"{id}-answer", block);
        await block.Locator(".opblock-summary-control").ClickAsync();
        return (status, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    private async Task Shoot(string name, ILocator? part = null, bool whole = false)
    {
        var path = Path.Combine(Folder, $"{journey}-{++shots:00}-{name}.png");
        if (part is null) await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = whole });
        else await part.ScreenshotAsync(new LocatorScreenshotOptions { Path = path });
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CleanSync.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No CleanSync.sln above the tests.");
        }
        return folder;
    }
}
