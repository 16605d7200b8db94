using System.Text.Json;

namespace MlKit.FeatureServer.Http;

/// <summary>A request body that does not fit; carries the answer.</summary>
internal sealed class BodyException(int status, Action<Utf8JsonWriter> write) : Exception("the request body does not fit")
{
    public int Status => status;

    public Action<Utf8JsonWriter> Write => write;

    /// <summary>422 with all problems of the body.</summary>
    public static BodyException Of(IEnumerable<BodyProblem> problems)
    {
        // The answer is written after the body's document was given back.
        var kept = problems.Select(problem => problem with { Input = problem.Input?.Clone() }).ToList();
        return new BodyException(StatusCodes.Status422UnprocessableEntity, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("detail");
            foreach (var problem in kept)
            {
                problem.Write(writer);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
