using System.Net;
using System.Net.Http.Headers;
using CleanSync.Api.OpenApi;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>The document and the page, which anybody may read, unless they are switched off.</summary>
public sealed class PublishedDocumentTests : IDisposable
{
    private const string Document = "/swagger/v1/swagger.json";

    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly ApiHost host = new();

    [Fact]
    public async Task The_document_is_rendered_once_and_who_has_it_is_answered_304()
    {
        var renderings = 0;
        using var counted = host.WithWebHostBuilder(b => b.ConfigureTestServices(s => s.AddTransient<IAsyncSwaggerProvider>(
            p => new Counting(
                ActivatorUtilities.CreateInstance<Swashbuckle.AspNetCore.SwaggerGen.SwaggerGenerator>(p),
                () => Interlocked.Increment(ref renderings)))));
        var anybody = counted.CreateClient();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => anybody.GetAsync(Document, ct)));
        Assert.Equal(1, renderings);
        Assert.Equal(
            [await File.ReadAllTextAsync(Contract.File, ct)],
            (await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync(ct)))).Distinct());
        var tag = answers[0].Headers.ETag!;
        Assert.False(tag.IsWeak);
        Assert.Equal("no-cache", answers[0].Headers.CacheControl?.ToString());

        foreach (var known in new[] { tag, new EntityTagHeaderValue(tag.Tag, isWeak: true), EntityTagHeaderValue.Any })
        {
            var again = await Ask(anybody, known);
            Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync(ct)).Length));
            Assert.Equal(tag, again.Headers.ETag);
        }

        Assert.Equal(HttpStatusCode.OK, (await Ask(anybody, new EntityTagHeaderValue("\"of another version\""))).StatusCode);
        Assert.Equal(1, renderings);
    }

    [Fact]
    public async Task Switched_off_neither_the_page_nor_the_document_is_there()
    {
        using var off = host.WithWebHostBuilder(b => b.UseSetting("Swagger:Enabled", "false"));
        var (anybody, admin) = (
            off.CreateClient(new() { AllowAutoRedirect = false }), off.CreateClient(new() { AllowAutoRedirect = false }));
        admin.DefaultRequestHeaders.Add("X-Api-Key", ApiHost.Key);
        foreach (var path in new[] { Document, "/swagger", "/swagger/index.html", "/swagger/swagger-ui-bundle.js", "/" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await anybody.GetAsync(path, ct)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(path, ct)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync("/health/live", ct)).StatusCode);
        // the command still writes it
        Assert.Equal(await File.ReadAllTextAsync(Contract.File, ct), await OpenApiVerb.Document(off.Services));
    }

    public void Dispose() => host.Dispose();

    private Task<HttpResponseMessage> Ask(HttpClient caller, EntityTagHeaderValue known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Document);
        request.Headers.IfNoneMatch.Add(known);
        return caller.SendAsync(request, ct);
    }

    private sealed class Counting(IAsyncSwaggerProvider inner, Action count) : IAsyncSwaggerProvider
    {
        public Task<OpenApiDocument> GetSwaggerAsync(string documentName, string? host = null, string? basePath = null)
        {
            count();
            return inner.GetSwaggerAsync(documentName, host, basePath);
        }
    }
}
