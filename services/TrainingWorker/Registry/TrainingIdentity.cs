using MlKit.Features;
using MlKit.Mlflow;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Registry;

/// <summary>
/// What a model is made from. A champion with the same identity is current and nothing is trained.
/// </summary>
/// <param name="Fingerprint">Of the data.</param>
/// <param name="SchemaHash">Of the ranking row.</param>
/// <param name="CodeVersion">Of the training code.</param>
/// <param name="Settings">Settings that change the models.</param>
/// <param name="GateKey">The key that signed for it: who trusts another key would not serve it.</param>
internal sealed record TrainingIdentity(string Fingerprint, string SchemaHash, string CodeVersion, string Settings, string GateKey)
{
    public const string FingerprintTag = "mlkit.data_fingerprint";
    public const string SchemaTag = "mlkit.feature_schema_hash";
    public const string CodeTag = "mlkit.training_version";
    public const string SettingsTag = "mlkit.training_settings";
    public const string GateKeyTag = "mlkit.gate_key";

    /// <summary>Raise it with every change that gives other models from the same data.</summary>
    private const string CurrentCodeVersion = "4";

    public static TrainingIdentity Of(DataSet data, TrainingOptions options, string gateKey) => new(
        data.Fingerprint, SchemaOf(data).Hash, CurrentCodeVersion,
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"ranker={options.Ranker},seed={options.Seed}{(options.Trials > 0 ? $",trials={options.Trials}" : "")}").ToLowerInvariant(),
        gateKey);

    private static RankingSchema SchemaOf(DataSet data) =>
        RankingSchema.Of(ComponentNames.All, data.HasClock, data.Items.Any(item => item.Genres.Count > 0));

    public static TrainingIdentity Of(IReadOnlyList<Tag> tags)
    {
        string Value(string key) => tags.FirstOrDefault(tag => tag.Key == key)?.Value ?? "";
        return new TrainingIdentity(Value(FingerprintTag), Value(SchemaTag), Value(CodeTag), Value(SettingsTag), Value(GateKeyTag));
    }

    /// <summary>A short name of the identity, for folders.</summary>
    public string Key => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes($"{Fingerprint}\n{SchemaHash}\n{CodeVersion}\n{Settings}")))[..16];

    public IReadOnlyList<Tag> ToTags() =>
    [
        new(FingerprintTag, Fingerprint), new(SchemaTag, SchemaHash), new(CodeTag, CodeVersion), new(SettingsTag, Settings),
        new(GateKeyTag, GateKey),
    ];

    /// <summary>In words, why a model of identity <paramref name="old"/> is not current; null where it is.</summary>
    public string? ChangeSince(TrainingIdentity old) =>
        Fingerprint != old.Fingerprint ? "the data changed"
        : SchemaHash != old.SchemaHash ? "the feature schema changed"
        : CodeVersion != old.CodeVersion ? "the training code changed"
        : Settings != old.Settings ? $"the settings changed from '{old.Settings}' to '{Settings}'"
        : GateKey != old.GateKey ? "the gate documents are signed with another key now"
        : null;
}
