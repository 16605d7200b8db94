using System.Text.Json;
using MlKit.RecommendationApi.Events;
using MlKit.RecommendationApi.Features;
using MlKit.RecommendationApi.Recommendations;

namespace MlKit.RecommendationApi.Hosting;

/// <summary>The HTTP calls of the API.</summary>
internal static class ApiEndpoints
{
    private const int MostDescribed = 200;

    public static void MapApi(this WebApplication app)
    {
        app.MapGet("/recommendations/{*userId}", RecommendAsync);
        app.MapPost("/events", AcceptAsync);
        app.MapGet("/items", DescribeAsync);
        app.MapGet("/", () => Results.Content(DemoPage.Html, "text/html; charset=utf-8"));
    }

    private static async Task<IResult> RecommendAsync(HttpContext context, Recommender recommender)
    {
        var userId = context.Request.RouteValues["userId"] as string;
        var k = context.Request.Query.TryGetValue("k", out var values) ? values.ToString() : null;
        var broken = RequestRules.Check(userId, k, out var count);
        if (broken.Count > 0)
        {
            return Problem(broken);
        }

        var answer = await recommender.RecommendAsync(userId!, count, context.RequestAborted);
        return answer is not null
            ? Results.Json(answer, ApiJson.Default.Answer)
            : Results.Problem("the scorer does not answer, and there is no earlier list to fall back to", statusCode: 503, title: "Nothing to recommend from");
    }

    private static async Task<IResult> AcceptAsync(HttpContext context, EventLog log, ActivityUpdater updater, TimeProvider time)
    {
        List<EventMessage>? events;
        try
        {
            events = await JsonSerializer.DeserializeAsync(context.Request.Body, ApiJson.Default.ListEventMessage, context.RequestAborted);
        }
        catch (JsonException error)
        {
            return Problem(new() { [error.Path ?? "$"] = [$"the body must be a JSON list of events: {error.Message}"] });
        }

        var broken = EventRules.Check(events ?? [], time.GetUtcNow());
        if (broken.Count > 0)
        {
            return Problem(broken);
        }

        IReadOnlyList<EventMessage> fresh;
        try
        {
            fresh = await log.AppendAsync(events!, context.RequestAborted);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Results.Problem(error.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "The event log cannot be written; send the events again");
        }

        // From here on the events are accepted: a client that hangs up must not leave the features behind.
        await updater.ApplyAsync(fresh, CancellationToken.None);
        return Results.Json(new EventReceipt(fresh.Count, events!.Count - fresh.Count), ApiJson.Default.EventReceipt, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> DescribeAsync(HttpContext context, FeatureClient features)
    {
        var ids = context.Request.Query["id"].OfType<string>().ToList();
        if (ids.Count is 0 or > MostDescribed || !ids.TrueForAll(RequestRules.IsId))
        {
            return Problem(new() { ["id"] = [$"allowed: 1 to {MostDescribed} times ?id=, each of {RequestRules.IdRule}"] });
        }

        try
        {
            return Results.Json(await features.DescribeAsync(ids, context.RequestAborted), ApiJson.Default.IReadOnlyListItemDescription);
        }
        catch (FeatureServerException error)
        {
            return Results.Problem(error.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "The feature server does not answer");
        }
    }

    /// <summary>A 400 problem document; its detail names every rule that the request breaks.</summary>
    private static IResult Problem(Dictionary<string, string[]> broken) => Results.ValidationProblem(
        broken, detail: string.Join("; ", broken.Select(rule => $"{rule.Key}: {string.Join(", ", rule.Value)}")));
}
