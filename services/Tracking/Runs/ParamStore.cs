using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Runs;

/// <summary>Params of runs: written once, values that are too long are cut as MLflow does.</summary>
internal static class ParamStore
{
    public static KeyValue Check(string key, FieldName field, string? value)
    {
        var text = value ?? "";
        return new KeyValue(
            NameRules.Key(key, field, "parameter name"),
            text.Length > NameRules.LongestParamValue ? text[..NameRules.LongestParamValue] : text);
    }

    public static void Log(SqlSession session, Run run, IReadOnlyList<KeyValue> parameters)
    {
        var written = session.ExecuteMany(
            "INSERT INTO params (run, key, value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", parameters, (row, param) =>
            {
                row.Add(run.Number);
                row.Add(param.Key);
                row.Add(param.Value);
            });
        if (written < parameters.Count)
        {
            RequireSame(session, run, parameters);
        }
    }

    private static void RequireSame(SqlSession session, Run run, IReadOnlyList<KeyValue> parameters)
    {
        foreach (var param in parameters)
        {
            var stored = session.Text("SELECT value FROM params WHERE run = $1 AND key = $2", run.Number, param.Key);
            if (stored != param.Value)
            {
                throw ApiException.Invalid(
                    $"Changing param values is not allowed. Param with key='{param.Key}' was already logged with "
                    + $"value='{stored}' for run '{run.RunId}'; the new value is '{param.Value}'.");
            }
        }
    }
}
