using System.Text.Json;
using GraphQLParser;
using GraphQLParser.Exceptions;
using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Ui.GraphQl;

/// <summary>
/// <c>POST /graphql</c>, from which MLflow's web UI reads its run page. An answer always has status 200; what went
/// wrong is in <c>errors</c>, a list of texts.
/// </summary>
internal sealed class GraphQlEndpoints(Database database) : IEndpoints
{
    /// <summary>The UI's longest query has about 2,000 characters.</summary>
    private const int LongestQuery = 20_000;

    public void Map(ApiRoutes routes) => routes.Raw(HttpMethods.Post, "/graphql", AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        var request = new JsonFields(body?.RootElement ?? default);
        var query = request.RequiredText("query");
        if (query.Length > LongestQuery)
        {
            throw ApiException.Invalid($"'query' has {query.Length} characters; at most {LongestQuery} are allowed.");
        }

        var variables = request.TryGet("variables", out var given) ? given : default;
        await Answer(query, request.Text("operationName"), variables).WriteAsync(context);
    }

    private Reply Answer(string query, string? operationName, JsonElement variables)
    {
        GraphPlan plan;
        try
        {
            plan = GraphPlan.Of(Parser.Parse(query, new ParserOptions { MaxDepth = 64 }), operationName);
        }
        catch (Exception error) when (error is GraphQLSyntaxErrorException or GraphQLMaxDepthExceededException)
        {
            return new GraphReply(writer => GraphAnswer.Refuse(writer, [error.Message]));
        }

        if (plan.Errors.Count > 0)
        {
            return new GraphReply(writer => GraphAnswer.Refuse(writer, plan.Errors));
        }

        var errors = new List<string>();
        var values = database.Read(session =>
            plan.Selections.Select(selection => Resolve(session, selection, variables, errors)).ToList());
        return new GraphReply(writer => GraphAnswer.Write(writer, plan.Selections, values, errors));
    }

    private static object? Resolve(SqlSession session, GraphSelection selection, JsonElement variables, List<string> errors)
    {
        try
        {
            return selection.Field?.Read(new GraphCall(session, selection.Syntax, variables));
        }
        catch (ApiException error)
        {
            errors.Add(error.Message);
            return null;
        }
    }
}
