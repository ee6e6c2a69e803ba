using System.Text.Json.Nodes;

namespace CleanSync.ExchangeSimulator.Demo;

/// <summary>Calls one HTTP API in JSON; an answer other than success is shown as it is.</summary>
internal sealed class JsonApi(Uri address, string? key) : IDisposable
{
    private readonly HttpClient http = Client(address, key);

    public async Task<JsonNode> Call(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{method} {path} answered {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public void Dispose() => http.Dispose();

    private static HttpClient Client(Uri address, string? key)
    {
        var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        if (key is not null) http.DefaultRequestHeaders.Add("X-Api-Key", key);
        return http;
    }
}
