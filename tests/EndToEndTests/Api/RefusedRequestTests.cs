using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>What cannot be accepted is refused with the field's name and what was expected of it.</summary>
[Collection(nameof(OneApi))]
public sealed class RefusedRequestTests(ApiHost host)
{
    private const string SomeId = "0199d2c4-7a52-7b1e-9c55-0d4b8a1f6e21";

    [Theory]
    [InlineData("displayName", "\"\"", "")]
    [InlineData("serverAddress", "\"mail.contoso.example\"", "full address")]
    [InlineData("serverAddress", "\"http://mail.contoso.example/EWS/Exchange.asmx\"", "Plain http is refused")]
    [InlineData("serverAddress", "\"ftp://mail.contoso.example\"", "full address")]
    [InlineData("serverAddress", "7", "Expected an address")]
    [InlineData("serverAddress", "\"https://127.0.0.1/EWS/Exchange.asmx\"", "the machine that CleanSync itself runs on")]
    [InlineData("serverAddress", "\"https://0x7f.1/EWS/Exchange.asmx\"", "the machine that CleanSync itself runs on")]
    [InlineData("serverAddress", "\"https://[::ffff:169.254.169.254]/EWS/Exchange.asmx\"", "clouds hand out the secrets")]
    [InlineData("authorityCertificates", "\"my CA\"", "BEGIN CERTIFICATE")]
    [InlineData("authorityCertificates", "\"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\"", "BEGIN CERTIFICATE")]
    [InlineData("authorityCertificates", "\"-----BEGIN PRIVATE KEY-----\"", "private key")]
    [InlineData("pinnedCertificate", "\"SHA-1 is shorter\"", "64 hexadecimal digits")]
    [InlineData("authentication", "\"Kerberos\"", "Expected one of Basic, Ntlm.")]
    [InlineData("authentication", "1", "Expected one of Basic, Ntlm.")]
    [InlineData("authentication", "null", "Expected one of Basic, Ntlm.")]
    [InlineData("userName", "\"svc-booking\"", "UPN")]
    [InlineData("password", "\"\"", "password")]
    [InlineData("password", "null", "not null")]
    [InlineData("exchangeVersion", "\"Exchange2019\"", "Exchange2016")]
    [InlineData("useImpersonation", "\"yes\"", "Expected true or false.")]
    [InlineData("horizonMonths", "25", "1 to 24")]
    [InlineData("horizonMonths", "\"12\"", "Expected a whole number.")]
    [InlineData("horizonMonths", "1.5", "Expected a whole number.")]
    [InlineData("reminderMinutes", "-1", "0 (no reminder)")]
    [InlineData("titles", "true", "There is no such field. Known are: displayName, serverAddress")]
    public Task An_integration(string field, string value, string expected) =>
        Refused("/api/v1/integrations", Bodies.Integration(), field, value, expected);

    [Theory]
    [InlineData("userName", "\"\"", "UPN")]
    [InlineData("mailAddress", "\"svc-booking\"", "mail address")]
    [InlineData("mailAddress", "\"svc@localhost\"", "mail address")]
    [InlineData("mailAddress", "\"svc@127.0.0.1\"", "mail address")]
    [InlineData("mailAddress", "\"svc@[::1]\"", "mail address")]
    [InlineData("password", "\"\"", "give the service account's password")]
    [InlineData("authentication", "\"Kerberos\"", "Expected one of Basic, Ntlm.")]
    [InlineData("exchangeVersion", "\"Exchange2019\"", "Exchange2016")]
    [InlineData("allowedHosts", "[\"example\"]", "with a dot")]
    [InlineData("allowedHosts", "[\"https://hosting.example\"]", "host or domain names")]
    [InlineData("allowedHosts", "[\"10.0.0.1\"]", "host or domain names")]
    [InlineData("pinnedCertificate", "\"SHA-1 is shorter\"", "64 hexadecimal digits")]
    [InlineData("serverAddress", "\"https://mail.contoso.example\"", "There is no such field")]
    public Task A_search_for_the_server(string field, string value, string expected) =>
        Refused("/api/v1/server-discoveries", Bodies.Discovery(), field, value, expected);

    [Theory]
    [InlineData("title", "\"\"", "")]
    [InlineData("title", "null", "not null")]
    [InlineData("start", "\"2030-06-03T09:30:00\"", "offset from UTC")]
    [InlineData("start", "\"2030-06-03\"", "offset from UTC")]
    [InlineData("start", "\"3 June\"", "offset from UTC")]
    [InlineData("start", "\"2030-02-30T09:30:00Z\"", "offset from UTC")]
    [InlineData("start", "1906704000", "offset from UTC")]
    [InlineData("end", "\"2030-06-03T09:30:00+02:00\"", "later than the start")]
    [InlineData("end", "\"2036-06-03T09:30:00+02:00\"", "five years")]
    [InlineData("timeZone", "\"Mars/Olympus\"", "Europe/Berlin")]
    [InlineData("staffIds", "[]", "at least one")]
    [InlineData("staffIds", "[\"anna\", \"anna\"]", "once")]
    [InlineData("staffIds", "\"anna\"", "Expected a list.")]
    [InlineData("staffIds", "[\"an/na\"]", "no slash")]
    [InlineData("staffIds", "[\"anna\", \" bert\"]", "no space at either end")]
    [InlineData("staffIds", "[\"\"]", "1 to 64 visible characters")]
    [InlineData("start", "\"1999-12-31T23:59:59Z\"", "in the years 2000 to 2100")]
    [InlineData("end", "\"2101-01-01T00:00:00Z\"", "in the years 2000 to 2100")]
    [InlineData("end", "\"2100-12-31T23:00:00-01:00\"", "in the years 2000 to 2100")]
    [InlineData("end", "\"9999-12-31T23:59:59-10:00\"", "in the years 2000 to 2100")]
    [InlineData("end", "\"2030-06-03T09:30:00.9+02:00\"", "by a whole second")]
    [InlineData("client", "\"Carla\"", "Expected an object.")]
    [InlineData("clientName", "\"Carla\"", "There is no such field")]
    public Task A_booking(string field, string value, string expected) =>
        Refused("/api/v1/appointments", Bodies.Booking(), field, value, expected);

    [Theory]
    [InlineData("response", "\"Maybe\"", "Expected one of Accept, Tentative, Decline.")]
    [InlineData("response", "null", "Expected one of Accept, Tentative, Decline.")]
    [InlineData("scope", "\"All\"", "Expected one of Occurrence, Series.")]
    [InlineData("answer", "\"Accept\"", "Known are: response, scope.")]
    public Task A_meeting_answer(string field, string value, string expected) =>
        Refused(
            $"/api/v1/staff/anna/calendar/events/{SomeId}/response", new JsonObject { ["response"] = "Accept" }, field, value, expected);

    [Theory]
    [InlineData("client.name", """{ "name": "" }""", "")]
    [InlineData("client.name", """{ "phone": "1" }""", "required")]
    [InlineData("client.mail", """{ "name": "Carla", "mail": "x" }""", "Known are: name, phone, email.")]
    public async Task A_client(string field, string client, string expected)
    {
        var body = Bodies.Booking();
        body["client"] = JsonNode.Parse(client);
        await Named(
            await host.Caller().PostAsync("/api/v1/appointments", Bodies.Sent(body), TestContext.Current.CancellationToken),
            field,
            expected);
    }

    [Theory]
    [InlineData("/api/v1/appointments", "staffIds[0]", """{ "title": "a", "start": "2030-06-03T09:30:00Z", "end": "2030-06-03T10:30:00Z", "timeZone": "UTC", "staffIds": [null] }""")]
    [InlineData("/api/v1/appointments", "staffIds[1]", """{ "title": "a", "start": "2030-06-03T09:30:00Z", "end": "2030-06-03T10:30:00Z", "timeZone": "UTC", "staffIds": ["anna", null] }""")]
    [InlineData("/api/v1/server-discoveries", "allowedHosts[0]", """{ "userName": "svc@contoso.example", "password": "p", "authentication": "Ntlm", "exchangeVersion": "Exchange2016", "allowedHosts": [null] }""")]
    [InlineData("/api/v1/integrations/0199d2c4-7a52-7b1e-9c55-0d4b8a1f6e21/discovery", "allowedHosts[0]", """{ "allowedHosts": [null] }""")]
    public async Task A_null_in_a_list(string path, string field, string body) =>
        await Named(
            await host.Caller().PostAsync(path, Bodies.Sent(body), TestContext.Current.CancellationToken),
            field,
            "Expected a value, not null.");

    [Fact]
    public void Every_list_that_a_request_can_hold_refuses_a_null()
    {
        var json = new System.Text.Json.JsonSerializerOptions(System.Text.Json.JsonSerializerDefaults.Web)
        {
            TypeInfoResolver =
                new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver
                {
                    Modifiers = { CleanSync.Api.Parsing.NoNullElements.Check },
                },
        };
        var lists = typeof(CleanSync.Api.ExchangeIntegrations.NewIntegration).Assembly.GetTypes()
            .Where(t => t.GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonUnmappedMemberHandlingAttribute), false).Length > 0)
            .SelectMany(
                t => json.GetTypeInfo(t).Properties
                    .Where(p => p.PropertyType.Name.StartsWith("IReadOnlyList", StringComparison.Ordinal)
                        && p.PropertyType.GenericTypeArguments[0].IsClass),
                (t, p) => (Type: t, p.Name))
            .ToList();
        Assert.True(lists.Count >= 5, string.Join(", ", lists));
        Assert.All(lists, list => Assert.NotNull(json.GetTypeInfo(list.Type).OnDeserialized));
    }

    [Fact]
    public async Task More_staff_than_fifty()
    {
        var body = Bodies.Booking([.. Enumerable.Range(0, 51).Select(i => $"staff-{i}")]);
        await Named(
            await host.Caller().PostAsync("/api/v1/appointments", Bodies.Sent(body), TestContext.Current.CancellationToken),
            "staffIds",
            "at most 50");
        body["staffIds"]!.AsArray().RemoveAt(50);
        Assert.Equal(
            HttpStatusCode.Created,
            (await host.Caller().PostAsync("/api/v1/appointments", Bodies.Sent(body), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_move_is_judged_like_a_booking()
    {
        var booked =
            (await (await host.Caller()
                .PostAsync("/api/v1/appointments", Bodies.Sent(Bodies.Booking()), TestContext.Current.CancellationToken))
                .Json())
                .Text("id");
        foreach (var (end, expected) in new[] { ("2030-06-03T09:30:00.9+02:00", "by a whole second"),
            ("2036-06-03T09:30:00+02:00", "five years"), ("2101-06-03T09:30:00+02:00", "2000 to 2100") })
        {
            var body = new JsonObject { ["start"] = "2030-06-03T09:30:00.1+02:00", ["end"] = end };
            await Named(
                await host.Caller()
                    .PostAsync($"/api/v1/appointments/{booked}/move", Bodies.Sent(body), TestContext.Current.CancellationToken),
                "end",
                expected);
        }
    }

    [Theory]
    [InlineData("%20anna")]
    [InlineData("anna%20")]
    [InlineData("an%E2%80%8Bna")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task A_staff_id_in_an_address(string staffId)
    {
        foreach (var operation in Contract.Operations.Where(o => o.Path.Contains("{staffId}", StringComparison.Ordinal)))
        {
            var request = operation.Request();
            request.RequestUri = new Uri(
                request.RequestUri!.OriginalString.Replace("/nobody", $"/{staffId}", StringComparison.Ordinal), UriKind.Relative);
            await Named(
                await host.Caller().SendAsync(request, TestContext.Current.CancellationToken), "staffId", "1 to 64 visible characters");
        }
    }

    [Fact]
    public async Task A_staff_id_of_a_key()
    {
        var body = new JsonObject { ["name"] = "n", ["role"] = "Staff", ["staffId"] = "anna " };
        await Named(
            await host.Caller().PostAsync("/api/v1/api-keys", Bodies.Sent(body), TestContext.Current.CancellationToken),
            "staffId",
            "no space at either end");
    }

    [Theory]
    [InlineData("/api/v1/staff/anna/calendar?from=1999-06-03T00:00:00Z&to=1999-06-04T00:00:00Z", "from")]
    [InlineData("/api/v1/staff/anna/why?from=2101-06-03T00:00:00Z&to=2101-06-04T00:00:00Z", "from")]
    [InlineData("/api/v1/audit-log?from=1970-01-01T00:00:00Z", "from")]
    public async Task A_year_that_is_a_slip_of_the_keyboard(string path, string field) =>
        await Named(await host.Caller().GetAsync(path, TestContext.Current.CancellationToken), field, "in the years 2000 to 2100");

    [Theory]
    [InlineData("/api/v1/api-keys", """{ "name": "n", "role": "Admin", "expiresAt": "2200-01-01T00:00:00Z" }""", "expiresAt")]
    [InlineData("/api/v1/integrations/0199d2c4-7a52-7b1e-9c55-0d4b8a1f6e21/pause", """{ "reason": "r", "until": "2200-01-01T00:00:00Z" }""", "until")]
    public async Task A_year_in_a_body(string path, string body, string field) =>
        await Named(
            await host.Caller().PostAsync(path, Bodies.Sent(body), TestContext.Current.CancellationToken),
            field,
            "in the years 2000 to 2100");

    [Theory]
    [InlineData("application/json; charset=klingon")]
    [InlineData("application/json; charset=\"klingon\"")]
    [InlineData("application/merge-patch+json; charset=utf-99")]
    public async Task A_charset_that_nobody_knows(string type)
    {
        var content = new StringContent(Bodies.Booking().ToJsonString());
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        await Named(
            await host.Caller().PostAsync("/api/v1/appointments", content, TestContext.Current.CancellationToken),
            "Content-Type",
            "charset=utf-8");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_of_their_charset()
    {
        var content = new ByteArrayContent([.. "{ \"title\": \""u8, 0xff, 0xfe, .. "\" }"u8]);
        content.Headers.ContentType = new("application/json");
        var answer = await host.Caller().PostAsync("/api/v1/appointments", content, TestContext.Current.CancellationToken);
        await Shape(answer, 400, "urn:cleansync:invalid-request");
    }

    [Fact]
    public async Task All_missing_fields_at_once()
    {
        var answer = await host.Caller().PutAsync("/api/v1/staff/anna/link", Bodies.Sent("{}"), TestContext.Current.CancellationToken);
        var errors = (await answer.Json())["errors"]!.AsObject();
        Assert.Equal(["integrationId", "staffName", "timeZone"], errors.Select(e => e.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("{ \"title\": 'x' }", "not valid JSON")]
    [InlineData("", "JSON")]
    [InlineData("null", "JSON")]
    [InlineData("[]", "Expected an object.")]
    [InlineData("{ \"title\": \"a\", \"title\": \"b\" }", "")]
    [InlineData("{ \"staffIds\": [\"anna\", 7] }", "Expected a text.")]
    public async Task A_body_that_is_not_one(string body, string expected)
    {
        var answer = await host.Caller().PostAsync("/api/v1/appointments", Bodies.Sent(body), TestContext.Current.CancellationToken);
        var problem = await Shape(answer, 400, "urn:cleansync:invalid-request");
        Assert.Contains(expected, problem["errors"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/integrations/7", "id", "Expected an id")]
    [InlineData("/api/v1/staff?integrationId=7", "integrationId", "Expected an id")]
    [InlineData("/api/v1/staff?state=Waiting", "state", "Expected one of Error, Warning, Syncing, Off.")]
    [InlineData("/api/v1/staff?state=7", "state", "Expected one of")]
    [InlineData("/api/v1/staff?limit=201", "limit", "1 to 200")]
    [InlineData("/api/v1/staff?limit=0", "limit", "1 to 200")]
    [InlineData("/api/v1/staff?cursor=none", "cursor", "nextCursor")]
    [InlineData("/api/v1/staff/anna/why", "itemId", "one thing")]
    [InlineData("/api/v1/staff/anna/why?itemId=a&appointmentId=0199d2c4-7a52-7b1e-9c55-0d4b8a1f6e21", "itemId", "one thing")]
    [InlineData("/api/v1/staff/anna/why?from=2030-06-03T00:00:00Z", "to", "needs 'to'")]
    [InlineData("/api/v1/staff/anna/why?from=2030-06-03T00:00:00Z&to=2030-08-03T00:00:00Z", "to", "31 days")]
    [InlineData("/api/v1/staff/anna/why?from=2030-06-03&to=2030-08-03T00:00:00Z", "from", "offset from UTC")]
    [InlineData("/api/v1/staff/anna/calendar", "from", "offset from UTC")]
    [InlineData("/api/v1/staff/anna/calendar?from=2030-06-03&to=2030-06-04T00:00:00Z", "from", "offset from UTC")]
    [InlineData("/api/v1/staff/anna/calendar?from=2030-06-04T00:00:00Z&to=2030-06-03T00:00:00Z", "to", "later than")]
    public async Task A_parameter(string path, string field, string expected) =>
        await Named(await host.Caller().GetAsync(path, TestContext.Current.CancellationToken), field, expected);

    [Fact]
    public async Task An_If_Match_that_is_no_ETag()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/appointments/{SomeId}/cancel");
        request.Headers.TryAddWithoutValidation("If-Match", "three");
        await Named(await host.Caller().SendAsync(request, TestContext.Current.CancellationToken), "If-Match", "ETag");
    }

    [Fact]
    public async Task A_body_that_does_not_say_it_is_JSON()
    {
        var answer = await host.Caller()
            .PostAsync("/api/v1/appointments", new StringContent("title=x"), TestContext.Current.CancellationToken);
        await Shape(answer, 415, "urn:cleansync:json-expected");
    }

    [Fact]
    public async Task A_method_that_is_not_taken() =>
        await Shape(
            await host.Caller().DeleteAsync("/api/v1/integrations", TestContext.Current.CancellationToken),
            405,
            "urn:cleansync:method-not-allowed");

    [Fact]
    public async Task What_was_sent_is_not_repeated()
    {
        var body = Bodies.Integration();
        body["password"] = new JsonArray("s3cret");
        var answer = await host.Caller().PostAsync("/api/v1/integrations", Bodies.Sent(body), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(
            "s3cret", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task Refused(
        string path,
        JsonObject body,
        string field,
        string value,
        string expected)
    {
        body[field] = JsonNode.Parse(value);
        await Named(await host.Caller().PostAsync(path, Bodies.Sent(body), TestContext.Current.CancellationToken), field, expected);
    }

    private static async Task Named(HttpResponseMessage answer, string field, string expected)
    {
        var errors = (await Shape(answer, 400, "urn:cleansync:invalid-request"))["errors"]!.AsObject();
        Assert.Equal([field], errors.Select(e => e.Key));
        Assert.Contains(expected, string.Join(' ', errors[field]!.AsArray().Select(m => m!.GetValue<string>())), StringComparison.Ordinal);
    }

    private static async Task<JsonObject> Shape(HttpResponseMessage answer, int status, string type)
    {
        var problem = await answer.Json();
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(type, problem.Text("type"));
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.All(["title", "detail", "traceId"], member => Assert.NotEmpty(problem.Text(member)));
        return problem;
    }
}
