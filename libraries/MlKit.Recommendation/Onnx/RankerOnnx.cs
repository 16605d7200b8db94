using MlKit.Recommendation.Ranking;

namespace MlKit.Recommendation.Onnx;

/// <summary>
/// Writes a tree ensemble as ONNX: input <c>features</c> FLOAT [N, width], output <c>scores</c> FLOAT [N, 1], one
/// <c>TreeEnsembleRegressor</c> (ai.onnx.ml 3).
/// </summary>
public static class RankerOnnx
{
    /// <summary>The bytes of the ONNX model.</summary>
    /// <param name="trees">The ensemble.</param>
    /// <param name="featureNames">Column names in order; written to <c>mlkit.features</c>, separated by commas.</param>
    /// <param name="schemaHash">Written to <c>mlkit.feature_schema_hash</c>.</param>
    /// <param name="metadata">What else goes into the model's metadata.</param>
    public static byte[] Write(
        TreeEnsemble trees, IReadOnlyList<string> featureNames, string schemaHash, params IEnumerable<KeyValuePair<string, string>> metadata)
    {
        ArgumentNullException.ThrowIfNull(trees);
        ArgumentNullException.ThrowIfNull(featureNames);
        if (featureNames.Count != trees.Width)
        {
            throw new ArgumentException($"{featureNames.Count} names for {trees.Width} features", nameof(featureNames));
        }

        var graph = new OnnxGraph("recommender-ranker");
        var input = graph.Input("features", OnnxGraph.Float, "N", trees.Width);
        graph.Node("TreeEnsembleRegressor", [input], ["scores"], Attributes(trees));
        graph.Output("scores", OnnxGraph.Float, "N", 1);
        return graph.ToBytes(new Dictionary<string, string>(metadata)
        {
            ["mlkit.model"] = "recommender-ranker",
            ["mlkit.features"] = string.Join(',', featureNames),
            ["mlkit.feature_schema_hash"] = schemaHash,
            ["mlkit.trees"] = trees.Trees.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
    }

    private static OnnxAttribute[] Attributes(TreeEnsemble trees)
    {
        var nodes = new Nodes();
        for (var t = 0; t < trees.Trees.Count; t++)
        {
            nodes.Add(t, trees.Trees[t]);
        }

        return
        [
            OnnxAttribute.Of("n_targets", 1L),
            OnnxAttribute.Of("aggregate_function", "SUM"),
            OnnxAttribute.Of("post_transform", "NONE"),
            OnnxAttribute.Of("base_values", [(float)trees.Bias]),
            OnnxAttribute.Of("nodes_treeids", nodes.TreeIds),
            OnnxAttribute.Of("nodes_nodeids", nodes.NodeIds),
            OnnxAttribute.Of("nodes_featureids", nodes.FeatureIds),
            OnnxAttribute.Of("nodes_modes", nodes.Modes),
            OnnxAttribute.Of("nodes_values", nodes.Values),
            OnnxAttribute.Of("nodes_truenodeids", nodes.TrueIds),
            OnnxAttribute.Of("nodes_falsenodeids", nodes.FalseIds),
            OnnxAttribute.Of("nodes_missing_value_tracks_true", nodes.NodeIds.Select(_ => 0L)),
            OnnxAttribute.Of("target_treeids", nodes.TargetTreeIds),
            OnnxAttribute.Of("target_nodeids", nodes.TargetNodeIds),
            OnnxAttribute.Of("target_ids", nodes.TargetTreeIds.Select(_ => 0L)),
            OnnxAttribute.Of("target_weights", nodes.TargetWeights),
        ];
    }

    /// <summary>The flat lists of the operator; leaves are numbered after the inner nodes of their tree.</summary>
    private sealed class Nodes
    {
        public List<long> TreeIds { get; } = [];

        public List<long> NodeIds { get; } = [];

        public List<long> FeatureIds { get; } = [];

        public List<string> Modes { get; } = [];

        public List<float> Values { get; } = [];

        public List<long> TrueIds { get; } = [];

        public List<long> FalseIds { get; } = [];

        public List<long> TargetTreeIds { get; } = [];

        public List<long> TargetNodeIds { get; } = [];

        public List<float> TargetWeights { get; } = [];

        public void Add(int treeId, TreeEnsemble.Tree tree)
        {
            var inner = tree.Features.Length;
            for (var node = 0; node < inner; node++)
            {
                Append(treeId, node, "BRANCH_LEQ", tree.Features[node], tree.Thresholds[node]);
                TrueIds.Add(tree.Left[node] >= 0 ? tree.Left[node] : inner + ~tree.Left[node]);
                FalseIds.Add(tree.Right[node] >= 0 ? tree.Right[node] : inner + ~tree.Right[node]);
            }

            for (var leaf = 0; leaf < tree.Leaves.Length; leaf++)
            {
                Append(treeId, inner + leaf, "LEAF", 0, 0);
                TrueIds.Add(0);
                FalseIds.Add(0);
                TargetTreeIds.Add(treeId);
                TargetNodeIds.Add(inner + leaf);
                TargetWeights.Add(tree.Leaves[leaf]);
            }
        }

        private void Append(int treeId, int node, string mode, int feature, float value)
        {
            TreeIds.Add(treeId);
            NodeIds.Add(node);
            Modes.Add(mode);
            FeatureIds.Add(feature);
            Values.Add(value);
        }
    }
}
