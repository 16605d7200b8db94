using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>
/// Results of long stages, kept in a folder until the training is done: a job that was stopped goes on from there. The
/// folder belongs to one training (data, code, settings); a null folder keeps nothing.
/// </summary>
internal sealed class Checkpoint(string? folder)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IncludeFields = true,
    };

    /// <summary>Keeps nothing.</summary>
    public static Checkpoint None { get; } = new(null);

    /// <summary>The kept result of a stage, or what <paramref name="work"/> makes, which is kept then.</summary>
    public T Resume<T>(string stage, Func<T> work)
        where T : class
    {
        if (Read<T>(stage) is { } kept)
        {
            return kept;
        }

        var made = work();
        Write(stage, made);
        return made;
    }

    /// <summary>The kept result of a stage, or null where there is none.</summary>
    public T? Read<T>(string stage)
        where T : class
    {
        try
        {
            return folder is not null && File.Exists(Name(stage)) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(Name(stage)), Json) : null;
        }
        catch (JsonException)
        {
            // A damaged checkpoint is as good as none.
            return null;
        }
    }

    /// <summary>Keeps a result; it is there as a whole or not at all.</summary>
    public void Write<T>(string stage, T value)
    {
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            var aside = $"{Name(stage)}.{Guid.NewGuid():n}";
            File.WriteAllBytes(aside, JsonSerializer.SerializeToUtf8Bytes(value, Json));
            File.Move(aside, Name(stage), overwrite: true);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Delete()
    {
        if (folder is not null && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Name(string stage) => Path.Combine(folder!, stage + ".json");
}
