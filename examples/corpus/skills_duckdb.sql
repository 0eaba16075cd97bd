-- Reflections and questions, by therapist. From within the folder: duckdb -f skills_duckdb.sql
SELECT
    therapist,
    count(*) AS sessions,
    median(reflection_to_question_ratio) AS reflection_to_question_ratio,
    median(open_question_share) AS open_question_share
FROM 'sessions/*.parquet'
WHERE english
GROUP BY therapist
ORDER BY therapist;
